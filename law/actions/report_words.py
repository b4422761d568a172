"""The words of the report over past actions, in four languages."""

from collections.abc import Mapping

from law.words import words
from registers.texts import Texts

NO_OFFICE = words(uz="nomaʼlum", ru="не известно", en="not known")

LEVEL_NAMES: Mapping[str, Texts] = {
    "bureau": words(uz="Butun Byuro", ru="Бюро в целом", en="The whole Bureau"),
    "measure": words(uz="Choralar boʻyicha", ru="По мерам", en="By measure"),
    "office": words(uz="Boʻlimlar boʻyicha", ru="По отделам", en="By office"),
    "office_and_measure": words(
        uz="Boʻlim va chora boʻyicha", ru="По отделам и мерам", en="By office and measure"
    ),
}
HEADINGS: Mapping[str, Texts] = {
    "title": words(
        uz="Ijro choralarining qonuniyligi va asosliligi",
        ru="Законность и обоснованность исполнительных действий",
        en="Lawfulness and grounds of past actions",
    ),
    "span": words(
        uz="Choralar soni: {n}. Davr: {first} – {last}.",
        ru="Действий: {n}. Период: {first} – {last}.",
        en="Actions: {n}. Period: {first} – {last}.",
    ),
    "rules": words(uz="Asoslar boʻyicha", ru="По основаниям", en="By ground"),
    "opened_late": words(
        uz="Kech qoʻzgʻatilgan ishlar (23-modda)",
        ru="Дела, возбуждённые с опозданием (ст. 23)",
        en="Cases opened late (Art. 23)",
    ),
    "reading": words(
        uz="«Asossiz» va «kechikkan» ogohlantirishlardir: ularni inson baholaydi. «Aytib "
        "boʻlmaydi» reyestrlarda maʼlumot yetishmasligini bildiradi.",
        ru="«Необоснованно» и «с опозданием» суть предупреждения: их оценивает человек. «Сказать "
        "нельзя» значит, что в реестрах не хватает сведений.",
        en="“Unfounded” and “late” are warnings for a person to weigh. “Cannot tell” means that "
        "the registers lack a fact.",
    ),
    "office": words(uz="Boʻlim", ru="Отдел", en="Office"),
    "measure": words(uz="Chora", ru="Мера", en="Measure"),
    "finding": words(uz="Xulosa", ru="Вывод", en="Finding"),
    "rule": words(uz="Qoida", ru="Правило", en="Rule"),
    "article": words(uz="Modda", ru="Статья", en="Article"),
    "actions": words(uz="Choralar", ru="Действий", en="Actions"),
    "share": words(uz="Ulush", ru="Доля", en="Share"),
    "cases": words(uz="Ishlar", ru="Дел", en="Cases"),
    "late": words(uz="Kech qoʻzgʻatilgan", ru="С опозданием", en="Opened late"),
}
