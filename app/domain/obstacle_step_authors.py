"""Find the author of the words in each step of an obstacle."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.obstacles import Obstacle, ObstacleState, Step


def repeats_question(step: Step, before: Step | None) -> bool:
    """Return True if a step asked the same people again, in the words of the step before."""
    if before is None or step.state is not ObstacleState.RAISED:
        return False
    return (before.state, before.to, before.words) == (step.state, step.to, step.words)


def step_authors(steps: Sequence[Step]) -> tuple[str | None, ...]:
    """Return who wrote the words of each step. Somebody who only asks again did not write them."""
    wrote: list[str | None] = []
    for step, before in zip(steps, (None, *steps), strict=False):
        wrote.append(wrote[-1] if repeats_question(step, before) else step.by)
    return tuple(wrote)


def erase_words_of(obstacle: Obstacle, person_id: str) -> Obstacle:
    """Return the obstacle without what a person wrote in its steps, or itself if they wrote nothing.

    The steps remain, and who took them.
    """
    wrote = step_authors(obstacle.steps)
    if not any(by == person_id and (step.words or step.to) for by, step in zip(wrote, obstacle.steps, strict=True)):
        return obstacle
    steps = tuple(
        step.model_copy(update={'words': '', 'to': ''}) if by == person_id else step
        for by, step in zip(wrote, obstacle.steps, strict=True)
    )
    return obstacle.model_copy(update={'steps': steps})
