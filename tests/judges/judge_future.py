"""pyHanko's formal procedure for long-term validation (ETSI EN 319 102-1 §5.6) at the machine's time, which
`faketime` moves, with revocation data demanded for every certificate. Nothing is fetched. With `--simulate TIME` what
it will say at that time if timestamps are renewed without fail until then.

usage: judge_future.py FILE... --trust ROOT... [--crl LIST...] [--simulate TIME]
Prints one JSON object: for each file, for each field what the procedure says of it, OK when all is well.
"""
import argparse
import asyncio
import json
import logging
import warnings
from datetime import datetime, timezone

from asn1crypto import crl
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.ades import ades_lta_validation, simulate_future_ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    LocalKnowledge,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import CRLContainer

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

parser = argparse.ArgumentParser()
parser.add_argument("files", nargs="+")
parser.add_argument("--trust", action="append", required=True)
parser.add_argument("--crl", action="append", default=[])
parser.add_argument("--simulate", type=datetime.fromisoformat)
given = parser.parse_args()


def known_list(path):
    with open(path, "rb") as file:
        return CRLContainer(crl.CertificateList.load(file.read()))


policy = CertValidationPolicySpec(
    trust_manager=SimpleTrustManager.build([load_cert_from_pemder(path) for path in given.trust]),
    revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
)
spec = PdfSignatureValidationSpec(
    SignatureValidationSpec(
        cert_validation_policy=policy,
        ts_cert_validation_policy=policy,
        revinfo_gathering_policy=RevocationInfoGatheringSpec(
            online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
        ),
        local_knowledge=LocalKnowledge(known_crls=[known_list(path) for path in given.crl]),
    )
)


def judged(signature):
    if given.simulate:
        return simulate_future_ades_lta_validation(signature, spec, given.simulate)
    return ades_lta_validation(signature, spec, ValidationTimingInfo.now(tz=timezone.utc))


def verdict(signature):
    try:
        found = asyncio.run(judged(signature))
        return getattr(found.ades_subindic, "name", str(found.ades_subindic))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def verdicts(path):
    with open(path, "rb") as file:
        reader = PdfFileReader(file)
        return {each.field_name: verdict(each) for each in reader.embedded_regular_signatures}


print(json.dumps({path: verdicts(path) for path in given.files}))
