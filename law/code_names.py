"""The codes of the registers as a person reads them: `alimony` is алименты, true is yes.

The names stand in `law/code_names.yaml`, below the fact that takes the codes as its values.
"""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from law.name_files import read_names
from registers.texts import Texts

FILE = Path(__file__).parent / "code_names.yaml"
# What every fact that is either true or false is read as.
TRUTH = "truth"


def load_code_names(file: Path) -> Mapping[str, Mapping[str, Texts]]:
    """Names by fact and code; raises NamesFileError with file and line."""
    names = read_names(file)
    return MappingProxyType(
        {
            fact: MappingProxyType({code: part.part(code).texts() for code in part})
            for fact, part in ((fact, names.part(fact)) for fact in names)
        }
    )


CODES = load_code_names(FILE)


def code_texts(fact_name: str, value: object) -> Texts | None:
    """The value of a fact in four languages; None where it is no code with a name.

    >>> code_texts("claim_kind", "alimony").ru
    'алименты'
    >>> code_texts("is_suspended", True).uz_Latn
    'ha'
    """
    if isinstance(value, bool):
        return CODES[TRUTH][str(value).lower()]
    return CODES.get(fact_name, {}).get(str(value))
