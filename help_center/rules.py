"""What an answer must not say. The words are judged by their look alone; nobody here knows what is planned."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from casefile.law import cites

FAQ = "CCD Compliance FAQs"
VISIT, PACKAGING, LEGAL = "visit", "packaging", "legal"


@dataclass(frozen=True)
class Warned:
    """A kind of answer that is not given: its name, what is forbidden, and what to say instead."""

    title: str
    never: str
    instead: str


WARNINGS: dict[str, Warned] = {
    VISIT: Warned(
        "When we inspect",
        "Never say when an officer comes, or that a visit is or is not planned. Make no appointment.",
        "Say that we try to inspect each facility at least once a year, and that there are no appointments.",
    ),
    PACKAGING: Warned(
        "Packaging, labels, marketing",
        "Never approve or deny what somebody shows you, not even in part.",
        "Say that we can not approve or deny it, and that their lawyer can help.",
    ),
    LEGAL: Warned(
        "Legal or business advice",
        "Never say what the law means for their case, or how to run their business.",
        "Point to the rule. Say that their lawyer or consultant can give a more exact answer.",
    ),
}


@dataclass(frozen=True)
class Concern:
    """Words that look like an answer that is not given."""

    kind: str
    words: str

    @property
    def sentence(self) -> str:
        return f"“{self.words}”. {WARNINGS[self.kind].never}"


MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre)"
)
WEEKDAY = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?|lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo"
)  # fmt: skip
SPAN = r"(?:days?|weeks?|months?|morning|afternoon|días?|dias?|semanas?|meses|mes|mañana|tarde)"
WHEN = re.compile(
    rf"\b(?:{MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:, ?\d{{4}})?|\d{{1,2}} (?:de )?{MONTH}|{WEEKDAY}"
    rf"|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|\d{{4}}-\d{{2}}-\d{{2}}|today|tonight|tomorrow|soon|hoy|mañana|pronto"
    rf"|(?:this|next|coming|esta|este|próxim[ao]|proxim[ao]) {SPAN}|(?:semana|mes) que viene"
    rf"|(?:in|within|en|dentro de) (?:a|an|one|two|three|un|una|dos|tres|\d+) {SPAN}|{MONTH}(?= \d{{4}}\b)"
    rf"|\d{{1,2}}(?::\d{{2}})? ?[ap]\.?m\b)",
    re.IGNORECASE,
)
VISITS = re.compile(
    r"\b(?:inspect\w*|visit\w*|appointments?|come (?:by|out|over|to)|stop by|drop by|be there|inspec+ion\w*|inspecci\w*"
    r"|visitas?|visitar\w*|citas?)\b",
    re.IGNORECASE,
)
PLANNED = re.compile(
    r"\b(?:is|are|has|have|was|been|already|está|están|ya) (?:not |no )?(?:yet )?"
    r"(?:scheduled|planned|booked|programad\w+|planead\w+)\b|\bno (?:inspection|visit)s? (?:is|are)\b",
    re.IGNORECASE,
)
BOOKING = re.compile(
    r"\b(?:schedule|book|confirm|set|make|arrange)\b(?: \w+){0,3} (?:appointments?|inspections?|visits?)\b",
    re.IGNORECASE,
)
GOODS = re.compile(
    r"\b(?:packag\w*|label\w*|marketing|logos?|artwork|jars?|bags?|empaques?|etiquetas?|publicidad|envases?)\b",
    re.IGNORECASE,
)
VERDICT = re.compile(
    r"\b(?:approv\w*|accept\w*|den(?:y|ied)|reject\w*|allowed|permitted|compl(?:y|ies|iant)|looks? (?:good|fine|ok)"
    r"|(?:is|are|be|seems?) (?:good|fine|ok|okay|correct|legal)|meets? the|aprob\w*|aprueb\w*|acept\w*|rechaz\w*"
    r"|permitid\w*|está bien|cumple\w*)\b",
    re.IGNORECASE,
)
ADVICE = re.compile(
    r"\b(?:(?:legal|business|operational) (?:advice|opinion|counsel)|(?:I|we) (?:would )?(?:advise|recommend|suggest)"
    r" (?:that )?you(?! (?:ask|talk|check|contact|call|consult|speak))|in (?:my|our) (?:legal )?opinion"
    r"|you (?:will|would|should) (?:win|lose|sue|appeal)|you are (?:not )?(?:liable|breaking the law|in the clear)"
    r"|it is (?:not )?(?:legal|illegal|lawful|unlawful)|consejos? (?:legal|legales|jurídicos?)|en mi opinión)\b",
    re.IGNORECASE,
)
NOT = re.compile(r"\b(?:not|no|never|cannot|can't|don't|won't|nor|neither|nunca|ni|tampoco)\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
NEAR = 15  # words between a visit and a day, over the end of a sentence


@cites(f"{FAQ}: no legal or operational advice, no approval of packaging, no appointments")
def concerns(text: str, *, today: date) -> list[Concern]:
    """An answer is looked at again when its words look like a day of a visit, a verdict on packaging, or legal advice.

    Past days with their year, and verdicts that are denied ("we can not approve"), are no concern.
    """
    found = [*_visits(text, today), *_verdicts(text), *_advice(text)]
    return list(dict.fromkeys(found))


def _visits(text: str, today: date) -> Iterator[Concern]:
    days = [found for found in WHEN.finditer(text) if not _is_past(found[0], today)]
    for visit in VISITS.finditer(text):
        for day in days:
            first, last = sorted((visit.span(), day.span()))
            if len(text[first[1] : last[0]].split()) <= NEAR:
                yield Concern(VISIT, _shown(text[first[0] : last[1]]))
                break
    for sentence in SENTENCE.split(text):
        if PLANNED.search(sentence) and VISITS.search(sentence):  # that none is planned is told as little
            yield Concern(VISIT, _shown(sentence))
        elif (booking := BOOKING.search(sentence)) and not _denied(sentence, booking.start()):
            yield Concern(VISIT, _shown(booking[0]))


def _verdicts(text: str) -> Iterator[Concern]:
    for sentence in SENTENCE.split(text):
        verdict = VERDICT.search(sentence)
        if verdict and GOODS.search(sentence) and not _denied(sentence, verdict.start()):
            yield Concern(PACKAGING, _shown(sentence))


def _advice(text: str) -> Iterator[Concern]:
    for sentence in SENTENCE.split(text):
        advice = ADVICE.search(sentence)
        if advice and not _denied(sentence, advice.start()):
            yield Concern(LEGAL, _shown(advice[0]))


def _denied(sentence: str, at: int) -> bool:
    """Whether a no stands in the few words before `at`, or the sentence only asks."""
    before = " ".join(sentence[:at].split()[-6:])
    return bool(NOT.search(before)) or sentence.rstrip().endswith("?")


def _is_past(words: str, today: date) -> bool:
    """Whether these words are a whole date that lies behind us."""
    for form in ("%B %d, %Y", "%b %d, %Y", "%m/%d/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(words, form).date() < today  # noqa: DTZ007
        except ValueError:
            continue
    return False


def _shown(words: str) -> str:
    """At most a line of it."""
    flat = " ".join(words.split())
    return flat if len(flat) <= 90 else f"{flat[:87]}..."


@cites("office practice: a promise about one of these takes a second look")
def reasons_not_to_answer(text: str, found: Iterable[Concern], *, confirmed: bool) -> list[str]:
    """An answer has words, and words that look like an answer that is not given are confirmed by who sends them."""
    if not text.strip():
        return ["Write the answer."]
    return [] if confirmed else [f"Look at this again: {concern.sentence}" for concern in found]
