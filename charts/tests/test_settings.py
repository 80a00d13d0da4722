"""What the schema offers as settings of a service is what the service's config.rs takes; the variables too."""

import json
import re

import pytest

from charts import CHART, TOP, of_kind, province, read

COMPONENTS = read(CHART / "files" / "components.yaml")
SCHEMA = json.loads((CHART / "values.schema.json").read_text())
# Keys that the chart sets itself, from other values; and one that is for trying Tandem out without a mail server.
SET_BY_THE_CHART = {
    "notification": {"public_url", "from", "link_secret", "folder", "smtp.host", "smtp.port", "smtp.security", "smtp.username", "smtp.password"},
    "web": {"gateway", "secure_cookies"},
    "gateway": {"trusted_proxies"},
}


def fields(source):
    """Fields of each struct that is read from settings."""
    structs = re.findall(r"Deserialize[^{]*?struct (\w+)[^{]*\{(.*?)\n\}", source, flags=re.DOTALL)
    return {name: dict(re.findall(r"^    pub (\w+): ([\w:<>, ]+),$", body, flags=re.MULTILINE)) for name, body in structs}


def keys_of(structs, name, prefix=""):
    for field, kind in structs[name].items():
        if kind in structs:
            yield from keys_of(structs, kind, f"{prefix}{field}.")
        else:
            yield prefix + field


def offered(schema, prefix=""):
    for name, child in schema.get("properties", {}).items():
        if child.get("type") == "object":
            yield from offered(child, f"{prefix}{name}.")
        else:
            yield prefix + name


@pytest.mark.parametrize("component", COMPONENTS)
def test_settings_are_those_of_the_code(component):
    structs = fields((TOP / "services" / component / "src" / "config.rs").read_text())
    of_schema = set(offered(SCHEMA["properties"]["components"]["properties"][component]["properties"]["settings"]))
    assert of_schema | SET_BY_THE_CHART.get(component, set()) == set(keys_of(structs, "Config"))


def known_to(component):
    """Every variable that a process takes, in lower case, without its prefix."""
    common = fields((TOP / "crates" / "chassis" / "src" / "config" / "keys.rs").read_text())
    structs = {name: body for name, body in common.items() if name not in ("Settings", "NoConfig")}
    sections = {name.lower() for name in structs}
    keys = {f"{name.lower()}__{field}" for name, body in structs.items() for field in body}
    assert {"province", "database", "broker", "server", "telemetry", "internal"} <= sections
    keys |= {f"peers__{name}" for name in COMPONENTS}
    own = fields((TOP / "services" / component / "src" / "config.rs").read_text())
    return keys | {f"service__{key.replace('.', '__')}" for key in keys_of(own, "Config")}


@pytest.mark.parametrize("profile", ("small", "large"))
def test_every_variable_is_one_that_the_process_knows(profile):
    for deployment in of_kind(province(profile), "Deployment"):
        component = deployment["metadata"]["labels"]["app.kubernetes.io/component"]
        for variable in deployment["spec"]["template"]["spec"]["containers"][0]["env"]:
            name = variable["name"]
            if name.startswith("TANDEM"):
                prefix, _, rest = name.partition("__")
                assert prefix in ("TANDEM", f"TANDEM_{component.upper()}"), name
                assert rest.lower() in known_to(component), name


def test_lists_go_into_a_file_and_into_the_command():
    (deployment,) = [d for d in of_kind(province("large"), "Deployment") if d["metadata"]["name"].endswith("-gateway")]
    (file,) = [d for d in of_kind(province("large"), "ConfigMap") if "tandem.toml" in d["data"]]
    assert file["data"]["tandem.toml"].split("\n")[:2] == ["[service]", 'trusted_proxies = ["10.0.0.0/8"]']
    container = deployment["spec"]["template"]["spec"]["containers"][0]
    assert container["args"] == ["--config", "/etc/tandem/tandem.toml"]
    env = {e["name"]: e.get("value") for e in container["env"]}
    assert env["TANDEM_GATEWAY__SERVICE__CALLS_PER_MINUTE"] == "12000"
