"""The addresses of inspections: the office's pages by `ref` (number or key of the folder), the licensee's by `key`."""

from django.urls import URLPattern

app_name = "inspections"

WORK: list[URLPattern] = []  # views/work.py: my work, all cases
VISIT: list[URLPattern] = []  # views/visit.py: start, record, finish
CASE: list[URLPattern] = []  # views/case.py: the case page and what hangs on it
MANAGE: list[URLPattern] = []  # views/manage.py: reassign, extend, cancel, note
NOTICE: list[URLPattern] = []  # views/notice.py, review.py, outcome.py
LICENSEE: list[URLPattern] = []  # views/licensee/

urlpatterns = [*WORK, *VISIT, *CASE, *MANAGE, *NOTICE, *LICENSEE]
