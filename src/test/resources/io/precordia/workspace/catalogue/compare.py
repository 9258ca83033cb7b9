"""Compares metadata in the DICOM JSON Model with what pydicom reads of the objects. Arguments: folder of N.dcm and N.json."""
import json
import pathlib
import sys

import pydicom

pydicom.config.settings.reading_validation_mode = pydicom.config.IGNORE
wrong = 0


def complain(name, path, what):
    global wrong
    wrong += 1
    print(name, path, what)


# The toolkit takes line ends at the end of a text as padding, like blanks.
def words(value):
    values = value if isinstance(value, (list, pydicom.multival.MultiValue)) else [value]
    return ["" if v is None else str(v).strip("\0 \r\n") for v in values]


def same(a, b):
    if len(a) != len(b):
        return False
    for x, y in zip(a, b):
        if x == y:
            continue
        try:
            if abs(float(x) - float(y)) <= 1e-6 * max(1, abs(float(x))):
                continue
        except ValueError:
            pass
        if x.rstrip("^= ") != y.rstrip("^= "):
            return False
    return True


def compare(name, path, dataset, model):
    for tag, entry in model.items():
        key = pydicom.tag.Tag(int(tag, 16))
        here = path + "/" + tag
        if key not in dataset:
            complain(name, here, "is not in the object")
            continue
        if "BulkDataURI" in entry or entry["vr"] == "UN":
            continue
        element = dataset[key]
        if entry["vr"] == "SQ":
            items = entry.get("Value", [])
            if element.VR != "SQ" or len(items) != len(element.value):
                complain(name, here, "has other items")
                continue
            for i, item in enumerate(items):
                compare(name, here + "/" + str(i), element.value[i], item)
            continue
        if element.VR != entry["vr"]:
            continue  # ambiguous in the implicit encoding
        if tag == "00080005" or "InlineBinary" in entry:
            continue
        values = entry.get("Value", [])
        if entry["vr"] == "PN":
            mine = ["=".join(v.get(k, "") for k in ("Alphabetic", "Ideographic", "Phonetic")) if v else "" for v in values]
        elif entry["vr"] == "AT":
            mine = [str(pydicom.tag.Tag(int(v, 16))) for v in values]
        else:
            mine = ["" if v is None else str(v).strip("\0 \r\n") for v in values]
        theirs = words(element.value) if element.VM > 0 else []
        if not same(mine or [""], theirs or [""]):
            complain(name, here, entry["vr"] + " differs")
    for element in dataset:
        if element.tag.element != 0 and "%08X" % element.tag not in model:
            complain(name, path + "/%08X" % element.tag, "is missing")


count = 0
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    dataset = pydicom.dcmread(file.with_suffix(".dcm"), force=True)
    try:
        for element in dataset:
            pass
    except Exception as e:
        print("not compared:", file.stem, type(e).__name__)
        continue
    models = json.loads(file.read_bytes())
    compare(file.stem, "", dataset, models[0])
    count += 1
print("compared", count, "wrong", wrong)
sys.exit(1 if wrong or not count else 0)
