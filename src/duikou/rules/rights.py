"""Who may do what: one table of act and roles, asked by the button and by the act."""

RIGHTS: dict[str, frozenset[str]] = {
    act: frozenset(roles.split())
    for act, roles in {
        "open_book": "administrator",
        "open_programme": "administrator programme_officer",
        "load_programme": "programme_officer",
        "record_disbursement": "programme_officer finance_clerk",
        "keep_document": "programme_officer",
        "erase_names": "administrator",
    }.items()
}


def may(roles: frozenset[str], act: str) -> bool:
    """Whether someone with these roles may do an act; an act that is not in the table nobody may."""
    return bool(roles & RIGHTS.get(act, frozenset()))
