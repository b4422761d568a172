"""Write the golden extract of every fault anew: python -m tests.assets.make_faults."""

import shutil

from tests.assets.catalogue import FAULTS, make
from tests.assets.fault import FAULTS_FOLDER

if __name__ == "__main__":
    shutil.rmtree(FAULTS_FOLDER, ignore_errors=True)
    for fault in FAULTS:
        make(fault, fault.folder)
