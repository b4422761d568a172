"""What each page shows, as frozen facts that are already in the reader's words.

The pages' templates see nothing else: no database row, no frame, no clock. The modules beside this
one fill these from the core; the tests fill them with invented cases.
"""

from __future__ import annotations

from dataclasses import dataclass

from serving.pages.beside_view import NOTHING_BESIDE, Beside
from serving.pages.pictures_view import Picture


@dataclass(frozen=True)
class Option:
    """One choice of a select or of radios."""

    value: str
    label: str
    hint: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; `is_here` marks the page that one is on."""

    label: str
    href: str
    is_here: bool = False


@dataclass(frozen=True)
class LanguageLink:
    """The same page in another language; `switch` takes along what was typed."""

    tag: str
    own_name: str
    href: str
    switch: str
    is_here: bool


@dataclass(frozen=True)
class Who:
    """The person who is signed in."""

    name: str
    role: str


@dataclass(frozen=True)
class Shell:
    """What stands around every page."""

    languages: tuple[LanguageLink, ...] = ()
    who: Who | None = None
    navigation: tuple[Link, ...] = ()
    registers_as_of: str = ""
    is_demo: bool = False
    csrf_token: str = ""
    notice: str = ""
    notice_link: Link | None = None


@dataclass(frozen=True)
class Problem:
    """A field that was not filled as needed, and the sentence that says so."""

    field: str
    sentence: str


@dataclass(frozen=True)
class Fact:
    """A labelled value; `note` tells where it comes from and how old it is."""

    label: str
    value: str
    note: str = ""
    is_estimated: bool = False
    is_code: bool = False
    is_prose: bool = False  # written by a person: its paragraphs are shown as such


@dataclass(frozen=True)
class StateTag:
    """A state in words, with its code for the colour that goes along with the words."""

    code: str
    label: str


@dataclass(frozen=True)
class CaseLine:
    """One case of the worklist."""

    case_id: str
    href: str
    claim_kind: str
    outstanding: str
    days_open: str
    state: StateTag
    next_step: str
    waits_for_me: bool


@dataclass(frozen=True)
class Paging:
    """Where one is in a long list."""

    words: str
    first_href: str = ""
    next_href: str = ""


@dataclass(frozen=True)
class WorklistView:
    """The officer's open cases, as far as the filter lets through."""

    cases: tuple[CaseLine, ...]
    count: str
    search: str
    state: str
    sort: str
    states: tuple[Option, ...]
    sorts: tuple[Option, ...]
    paging: Paging | None
    is_filtered: bool


@dataclass(frozen=True)
class Stamp:
    """How fresh one register is for this debtor."""

    source: str
    words: str
    is_stale: bool = False
    is_unknown: bool = False


@dataclass(frozen=True)
class ProfileGroup:
    """The facts of one theme, with the registers they come from and how fresh those are."""

    theme: str
    facts: tuple[Fact, ...]
    stamps: tuple[Stamp, ...]


@dataclass(frozen=True)
class HistoryLine:
    """A measure, payment, appeal or event of the past."""

    day: str
    kind: str
    what: str
    result: str


@dataclass(frozen=True)
class Bar:
    """An interval and its middle, drawn between 0 and 100 on the scale that all cards share."""

    low: float
    middle: float
    high: float
    zero: float


@dataclass(frozen=True)
class Reason:
    """One sentence for or against a measure; `sign` is '+', '-' or empty."""

    sign: str
    sentence: str


@dataclass(frozen=True)
class Card:
    """One ranked lawful measure with its figures and reasons."""

    measure: str
    name: str
    rank: int
    expected: str
    low: str
    high: str
    recovery_rate: str
    p_any: str
    intrusiveness: int
    is_intrusive: bool
    in_best_set: bool
    bar: Bar
    own: str = ""
    days_to_payment: str = ""
    reach: str = ""
    tried: str = ""
    beyond_reach: str = ""
    why: str = ""
    reasons: tuple[Reason, ...] = ()
    other_factors: Reason | None = None
    names_a_fact: bool = False
    waterfall: Picture | None = None
    contrast: Picture | None = None
    counterfactual: str = ""
    is_unstable: bool = False
    beside: Beside = NOTHING_BESIDE


@dataclass(frozen=True)
class Excluded:
    """A measure that is not open, with the article and the sentence."""

    name: str
    verdict: str
    verdict_code: str
    article: str
    sentence: str


@dataclass(frozen=True)
class RecommendationView:
    """What the program recommends for a case on a day."""

    recommendation_id: str
    provenance: str
    best: tuple[Card, ...]
    others: tuple[Card, ...]
    excluded: tuple[Excluded, ...]
    unlearned: tuple[str, ...] = ()  # lawful, but too few past decisions to rank them
    abstained: str = ""
    model_note: str = ""  # said where nobody has promoted the model
    estimated_facts: str = ""
    stale_facts: str = ""  # registers whose facts are older than usual
    unknown_registers: tuple[str, ...] = ()  # of which not all was known, from whom, and why
    asking: tuple[str, ...] = ()  # which of these to ask first
    first_choice: str = ""
    without: str = ""  # what is on its way without a new measure
    within: str = ""  # the time in which what is expected comes in
    is_same_for_all: bool = False  # no card names a fact of the debtor

    @property
    def cards(self) -> tuple[Card, ...]:
        """All ranked measures in their order."""
        return self.best + self.others


@dataclass(frozen=True)
class Step:
    """One step of how a decision came about."""

    words: str
    at: str
    code: str
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class KeptForm:
    """What was typed, carried by a form of its own where the page's form cannot show it."""

    form: str
    hidden: tuple[tuple[str, str], ...]
    said: tuple[Fact, ...]


@dataclass(frozen=True)
class Comeback:
    """What happened since a form was opened, and what became of its text."""

    title: str
    has_text: bool = True
    sentences: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    kept: str = ""  # when the text was kept, where it was
    discard: str = ""  # the form whose text can be thrown away
    link: Link | None = None
    typed: KeptForm | None = None


@dataclass(frozen=True)
class ProposeForm:
    """The officer's proposal, with what was typed and what is wrong with it."""

    action: str
    measures: tuple[Option, ...]
    other_measures: tuple[Option, ...]
    reason_codes: tuple[Option, ...]
    version: str = ""
    seen: str = ""  # the state of the facts that the page shows
    measure: str = ""
    reason_code: str = ""
    reason: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class GetForm:
    """Asks for a recommendation, and for the officer's own choice before it."""

    action: str
    measures: tuple[Option, ...]
    is_again: bool = False


@dataclass(frozen=True)
class ChoiceForm:
    """Asks an officer for a choice of their own before the ranking is shown."""

    action: str
    measures: tuple[Option, ...]


@dataclass(frozen=True)
class Standing:
    """What became of the last proposal of a case."""

    words: str
    link: Link
    detail: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class CaseView:
    """One case: claim, debtor, history, recommendation, proposal."""

    case_id: str
    outstanding: str
    claim_kind: str
    days_open: str
    state: StateTag
    next_step: str
    claim: tuple[Fact, ...]
    debtor: tuple[Fact, ...]
    profile: tuple[ProfileGroup, ...]
    history: tuple[HistoryLine, ...]
    unknown_registers: tuple[str, ...] = ()  # of which not all is known, from whom, and why
    recommendation: RecommendationView | None = None
    get_form: GetForm | None = None
    choice_form: ChoiceForm | None = None
    propose_form: ProposeForm | None = None
    standing: Standing | None = None
    propose_refused: str = ""
    comeback: Comeback | None = None


@dataclass(frozen=True)
class ReviewLine:
    """One proposal of the reviewer's queue."""

    href: str
    case_id: str
    measure: str
    rank: str
    proposed_by: str
    proposed_at: str
    outstanding: str
    is_own: bool


@dataclass(frozen=True)
class QueueView:
    """The proposals that wait for a decision."""

    lines: tuple[ReviewLine, ...]
    count: str


@dataclass(frozen=True)
class LawCheck:
    """The law of the day on the proposed measure."""

    heading: str
    words: str
    is_open: bool
    grounds: tuple[Excluded, ...] = ()
    confirmations: tuple[Option, ...] = ()  # what a person must confirm, no register knows it


@dataclass(frozen=True)
class DecideForm:
    """The reviewer's decision, with what was typed and what is wrong with it."""

    action: str
    version: str
    seen: str
    grounds: tuple[Option, ...]
    confirmed: tuple[str, ...] = ()
    decision: str = ""
    ground: str = ""
    reason: str = ""
    problems: tuple[Problem, ...] = ()
    approve_refused: str = ""  # why this person, or the law, may not approve
    refused: str = ""  # the sentence of check_x: why this person may not decide at all


@dataclass(frozen=True)
class WithdrawForm:
    """The proposer takes the proposal back, with a reason."""

    action: str
    version: str
    reason: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class ReviewView:
    """One proposal as the reviewer reads it."""

    case_id: str
    case_href: str
    measure: str
    is_intrusive: bool
    said: tuple[Fact, ...]
    case_facts: tuple[Fact, ...]
    law: LawCheck
    recommendation: RecommendationView | None
    form: DecideForm | None
    withdraw: WithdrawForm | None = None
    decided: Link | None = None
    comeback: Comeback | None = None


@dataclass(frozen=True)
class PersonsAction:
    """A plain button that moves the state on, such as 'the measure was carried out'."""

    label: str
    href: str
    version: str = ""
    refused: str = ""


@dataclass(frozen=True)
class OriginTable:
    """One register's table: where it came from and what became of its rows."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class OriginView:
    """What a decision rests on: facts, hashes, tables; `note` where nothing was recorded."""

    facts: tuple[Fact, ...]
    summary: tuple[Fact, ...]
    tables: tuple[OriginTable, ...]
    note: str
    href: str
    command: str


@dataclass(frozen=True)
class DecisionView:
    """A decision with its history and its proof."""

    decision_id: str
    case_id: str
    case_href: str
    state: StateTag
    summary: tuple[Fact, ...]
    steps: tuple[Step, ...]
    proof: tuple[Fact, ...]
    proof_href: str
    checkpoint_href: str
    verify_command: str
    replay_command: str
    actions: tuple[PersonsAction, ...] = ()
    origin: OriginView | None = None


@dataclass(frozen=True)
class Figure:
    """One figure of a report with its interval, where it has one."""

    label: str
    value: str
    interval: str = ""


@dataclass(frozen=True)
class Gate:
    """One condition that a model has to meet before it may rank."""

    label: str
    verdict: StateTag
    detail: str = ""


@dataclass(frozen=True)
class ModelView:
    """One trained version and what its report says of it."""

    version: str
    status: StateTag
    facts: tuple[Fact, ...] = ()
    figures: tuple[Figure, ...] = ()
    rankers: tuple[Figure, ...] = ()
    chosen_because: str = ""
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True)
class AnalysisView:
    """All versions, the champion first."""

    models: tuple[ModelView, ...]
    has_champion: bool


@dataclass(frozen=True)
class ErrorView:
    """A refusal or a failure in words, with the way on."""

    status: int
    title: str
    sentence: str
    link: Link
    typed: KeptForm | None = None


@dataclass(frozen=True)
class DemoAccount:
    """An account of the demonstration, shown with its password."""

    username: str
    password: str
    role: str


@dataclass(frozen=True)
class SignInView:
    """The sign-in form, without the password that was typed."""

    next_path: str = ""
    username: str = ""
    problems: tuple[Problem, ...] = ()
    demo_accounts: tuple[DemoAccount, ...] = ()
    was_sent_here: bool = False
    typed: KeptForm | None = None  # what came with a session that nobody knows any more
