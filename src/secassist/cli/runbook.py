"""``secassist runbook``: the action plans, and how far one is."""

from __future__ import annotations

import click

from secassist.base.errors import UnusableCall
from secassist.cli.calling import run_click
from secassist.cli.main import DONE
from secassist.plans.plan import plans


@click.group(name="runbook", context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Action plans: what to do now, one step at a time."""


@command.command("show")
@click.argument("name", metavar="ID")
def show_command(name: str) -> int:
    """Show a plan."""
    plan = plans().get(name)
    if plan is None:
        raise UnusableCall(f"There is no plan “{name[:40]}”. We know: {', '.join(plans())}.")
    print(plan.title, plan.about, "", sep="\n")
    for number, step in enumerate(plan.steps, 1):
        print(f"{number}. {step.what}  [{step.id}, {step.minutes} min]\n   {step.why}")
    return DONE


def run(arguments: list[str]) -> int:
    """Run the command; its exit code."""
    return run_click(command, arguments)
