"""What the provider says of its users: the account; two of them are odd on purpose."""

from oauth2_provider.oauth2_validators import OAuth2Validator


class Claims(OAuth2Validator):
    """`silent` has no account, the userinfo of `two-faced` is of another subject."""

    def get_additional_claims(self, request):
        name = request.user.get_username()
        return {} if name == "silent" else {"preferred_username": "caiwu" if name == "two-faced" else name}

    def get_userinfo_claims(self, request):
        claims = super().get_userinfo_claims(request)
        return claims | {"sub": "999"} if request.user.get_username() == "two-faced" else claims
