"""Who knows all past visits guesses the week of the next no better than chance, by a small world with a seed."""

import pytest

from bench.schedule.guess import Score, play
from bench.schedule.predictable import on_the_dot
from schedules.planner.solve import propose

WORLD = {"premises": 150, "years": 1, "seed": 3}


class TestGuessing:
    @pytest.mark.slow  # plans 24 months
    def test_the_best_of_five_predictors_stays_near_chance(self):
        score = Score()
        play(propose, score, **WORLD)
        assert score.guesses > 500 and max(score.ratios().values()) <= 1.5

    def test_a_planner_that_keeps_to_365_days_is_found_out(self):
        score = Score()
        play(on_the_dot, score, **WORLD)
        assert max(score.ratios().values()) > 10
