"""Second stage: the drives of one officer. Working days are vehicles and their minutes the capacity."""

from datetime import date
from typing import Any

from schedules.planner.book import Book, Stop
from schedules.planner.choose import overdue
from schedules.planner.problem import Candidate, Officer

PENALTY_MUST, PENALTY_OVERDUE, PENALTY_DRAWN = 10_000_000, 100_000, 10_000  # minutes of driving saved by leaving it out
SECONDS = 20  # no officer's drives take longer; never reached on the way to a repeatable answer


def route(book: Book, officer: Officer, offered: list[Stop]) -> None:
    """Put as many of the stops offered as fit into the officer's days, worthiest first, with the shortest drives."""
    days = [day for day in book.open_days(officer) if book.holds(officer.id, book.days[officer.id, day])]
    stops = [it for day in days for it in book.days[officer.id, day]]
    stops += [it for it in offered if any(it.may_be_on(day) for day in days)]
    if not days or not stops:
        return
    for day, found in zip(days, drives(book, officer, days, stops), strict=True):
        book.days[officer.id, day] = book.shortest(officer.id, found)


def drives(book: Book, officer: Officer, days: list[date], stops: list[Stop]) -> list[list[Stop]]:
    """The stops of each day, in order. Fixed ones keep their day."""
    from ortools.constraint_solver import pywrapcp

    manager = pywrapcp.RoutingIndexManager(len(stops) + 1, len(days), 0)
    routing = pywrapcp.RoutingModel(manager)
    capacities(routing, book, officer, stops)
    for n, stop in enumerate(stops, start=1):
        index = manager.NodeToIndex(n)
        allowed = [v for v, day in enumerate(days) if stop.may_be_on(day)]
        if len(allowed) < len(days):
            routing.VehicleVar(index).SetValues([-1, *allowed])
        if isinstance(stop.what, Candidate):
            routing.AddDisjunction([index], penalty(stop.what, book.problem.wishes.first))
    solution = routing.SolveWithParameters(parameters())
    if solution is None:
        return [book.days[officer.id, day] for day in days]
    return [read(routing, manager, solution, vehicle, stops) for vehicle in range(len(days))]


def capacities(routing: Any, book: Book, officer: Officer, stops: list[Stop]) -> None:
    """A day has its minutes, and at most so many visits."""
    places = [book.homes[officer.id], *(it.place for it in stops)]
    at_place = [0, *(it.minutes for it in stops)]
    road = [[book.roads.minutes[one][other] for other in places] for one in places]
    for n in range(len(road)):
        road[n][n] = 0
    whole = [[minutes + at_place[n] for minutes in row] for n, row in enumerate(road)]
    routing.SetArcCostEvaluatorOfAllVehicles(routing.RegisterTransitMatrix(road))
    minutes = routing.RegisterTransitMatrix(whole)
    routing.AddDimension(minutes, 0, officer.minutes, True, "minutes")
    visits = routing.RegisterUnaryTransitVector([0] + [1] * len(stops))
    routing.AddDimension(visits, 0, book.problem.wishes.most_per_day, True, "visits")


def penalty(candidate: Candidate, first: date) -> int:
    """What it costs to leave a candidate out: its rank far above its risk."""
    if candidate.must:
        return PENALTY_MUST
    return (PENALTY_OVERDUE if overdue(candidate, first) else PENALTY_DRAWN) + candidate.score


def parameters() -> Any:
    """A first solution by insertion, then better ones until none is near: the same on every run."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GREEDY_DESCENT
    asked.time_limit.seconds = SECONDS
    return asked


def read(routing: Any, manager: Any, solution: Any, vehicle: int, stops: list[Stop]) -> list[Stop]:
    """The stops of one vehicle in order."""
    found = []
    index = solution.Value(routing.NextVar(routing.Start(vehicle)))
    while not routing.IsEnd(index):
        found.append(stops[manager.IndexToNode(index) - 1])
        index = solution.Value(routing.NextVar(index))
    return found
