//! The names that the installed Python package offers.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Every public name, those of modules and classes with their own names beneath.
const SCRIPT: &str = r#"
import inspect, json
import gridcore

def shown(name):
    return not name.startswith("_") or name in KEPT

KEPT = {"__len__", "__contains__", "__str__", "__eq__", "__init__", "__version__"}
names = []
for name in gridcore.__all__:
    value = getattr(gridcore, name)
    names.append(name)
    if inspect.ismodule(value):
        listed = getattr(value, "__all__", ())
        for inner, member in vars(value).items():
            if inner in listed or shown(inner) and getattr(member, "__module__", None) == value.__name__:
                names.append(f"{name}.{inner}")
                if inspect.isclass(member):
                    names += [f"{name}.{inner}.{own}" for own in dir(member) if shown(own)]
    if inspect.isclass(value):
        names += [f"{name}.{own}" for own in {*dir(value), *getattr(value, "__annotations__", ())} if shown(own)]
print(json.dumps(names))
"#;

pub(super) fn names(root: &Path) -> Result<BTreeSet<String>, String> {
    let python = root.join(".venv/bin/python");
    let output = Command::new(&python)
        .args(["-I", "-c", SCRIPT])
        .output()
        .map_err(|error| format!("{}: {error}; `make parity` installs it", python.display()))?;
    if !output.status.success() {
        let error = String::from_utf8_lossy(&output.stderr);
        return Err(format!("{error}the package can't be looked at; `make parity` installs it"));
    }
    serde_json::from_slice(&output.stdout).map_err(|error| format!("the names of the package: {error}"))
}
