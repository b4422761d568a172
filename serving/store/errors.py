"""What makes a store unusable, at start-up and while it serves, with what to do."""

from pathlib import Path
from typing import ClassVar

from registers.errors import DataError
from registers.texts import Texts
from serving.errors import ServiceError


class StoreNotFoundError(DataError):
    """There is no database in the store folder."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} does not exist. Run chora serve --store to create it.")


class NotAStoreError(DataError):
    """The database file is another program's."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is a database of another program. Name another store folder.")


class StoreIsNewerError(DataError):
    """The store was written by a newer version of Chora."""

    def __init__(self, path: Path, revision: str) -> None:
        super().__init__(
            f"{path} was written by another version of Chora (schema {revision}). "
            "Nothing was changed. Install that version, or restore a copy made before it."
        )


class StoreNeedsMigrationError(DataError):
    """The store is older than this program."""

    def __init__(self, path: Path, revision: str, newest: str) -> None:
        super().__init__(
            f"{path} has schema {revision}, this version reads {newest}. "
            "Copy the file, then run chora serve --store: it moves the store forward."
        )


class StoreUnavailableError(ServiceError):
    """The database does not do what is asked now; nothing was changed, and trying again may help.

    `retry_after`: seconds after which it is worth trying again.
    """

    status = 503
    code = "store-unavailable"
    retry_after: ClassVar[int] = 30
    sentence = Texts(
        en="The database does not answer, so nothing was recorded. Try again in a minute; if it "
        "stays so, tell the operator.",
        ru="База данных не отвечает, поэтому ничего не записано. Повторите через минуту; если так "
        "и останется, сообщите оператору.",
        uz_Latn="Maʼlumotlar bazasi javob bermayapti, shuning uchun hech narsa yozilmadi. Bir "
        "daqiqadan keyin qayta urinib koʻring; shunday qolsa, operatorga xabar bering.",
        uz_Cyrl="Маълумотлар базаси жавоб бермаяпти, шунинг учун ҳеч нарса ёзилмади. Бир "
        "дақиқадан кейин қайта уриниб кўринг; шундай қолса, операторга хабар беринг.",
    )


class StoreLockedError(StoreUnavailableError):
    """Somebody else has held the database for longer than a person should wait."""

    code = "store-locked"
    retry_after = 5
    sentence = Texts(
        en="The database is busy with other work, so nothing was recorded. Try again in a moment.",
        ru="База данных занята другой работой, поэтому ничего не записано. Повторите чуть позже.",
        uz_Latn="Maʼlumotlar bazasi boshqa ish bilan band, shuning uchun hech narsa yozilmadi. "
        "Birozdan keyin qayta urinib koʻring.",
        uz_Cyrl="Маълумотлар базаси бошқа иш билан банд, шунинг учун ҳеч нарса ёзилмади. "
        "Бироздан кейин қайта уриниб кўринг.",
    )


class StoreFullError(StoreUnavailableError):
    """There is no room left for the database."""

    code = "store-full"
    retry_after = 60
    sentence = Texts(
        en="The disk of the database is full, so nothing was recorded. Tell the operator to make "
        "room, then try again.",
        ru="Диск базы данных заполнен, поэтому ничего не записано. Попросите оператора освободить "
        "место и повторите.",
        uz_Latn="Maʼlumotlar bazasining diski toʻlgan, shuning uchun hech narsa yozilmadi. "
        "Operatordan joy boʻshatishni soʻrang, keyin qayta urinib koʻring.",
        uz_Cyrl="Маълумотлар базасининг диски тўлган, шунинг учун ҳеч нарса ёзилмади. "
        "Оператордан жой бўшатишни сўранг, кейин қайта уриниб кўринг.",
    )


class StoreReadOnlyError(StoreUnavailableError):
    """The database can be read and not written."""

    code = "store-read-only"
    retry_after = 60
    sentence = Texts(
        en="The database can only be read now, so nothing was recorded. Tell the operator, then "
        "try again.",
        ru="База данных сейчас доступна только для чтения, поэтому ничего не записано. Сообщите "
        "оператору и повторите.",
        uz_Latn="Maʼlumotlar bazasini hozir faqat oʻqish mumkin, shuning uchun hech narsa "
        "yozilmadi. Operatorga xabar bering, keyin qayta urinib koʻring.",
        uz_Cyrl="Маълумотлар базасини ҳозир фақат ўқиш мумкин, шунинг учун ҳеч нарса ёзилмади. "
        "Операторга хабар беринг, кейин қайта уриниб кўринг.",
    )
