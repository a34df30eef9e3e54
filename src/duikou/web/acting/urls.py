"""The addresses of all forms: of money and of projects."""

from . import (
    budgets,
    claims,
    closings,
    contracts,
    describing,
    funds,
    inspecting,
    notices,
    outputs,
    progress,
    projects,
    receipts,
    recording,
    stages,
    steps,
    works,
)

OF_MONEY = (funds, notices, receipts, contracts, claims, steps, budgets, closings)
OF_PROJECTS = (projects, describing, works, stages, progress, outputs, inspecting)
urlpatterns = [pattern for module in (*OF_MONEY, *OF_PROJECTS, recording) for pattern in module.urlpatterns]
