"""What every pod has and what none has, read from the rendered resources."""

import pytest

from charts import PROFILES, of_kind, pods, province, read, CHART

COMPONENTS = read(CHART / "files" / "components.yaml")


@pytest.fixture(params=PROFILES)
def documents(request):
    return province(request.param)


def containers(template):
    return template["spec"].get("initContainers", []) + template["spec"]["containers"]


def test_no_pod_has_a_privilege(documents):
    for name, template in pods(documents):
        spec = template["spec"]
        assert spec["automountServiceAccountToken"] is False, name
        assert spec["securityContext"]["runAsNonRoot"] is True and spec["securityContext"]["runAsUser"] > 0, name
        assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & spec.keys(), name
        assert all(volume.keys() - {"name"} <= {"emptyDir", "configMap", "projected"} for volume in spec.get("volumes", [])), name
        for container in containers(template):
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False and context["readOnlyRootFilesystem"] is True, name
            assert context["capabilities"] == {"drop": ["ALL"]} and "privileged" not in context, name


def test_every_container_has_requests_and_limits(documents):
    for name, template in pods(documents):
        for container in containers(template):
            assert {"cpu", "memory"} <= container["resources"]["requests"].keys(), name
            assert {"cpu", "memory"} <= container["resources"]["limits"].keys(), name


def test_every_component_is_probed_at_a_port_that_it_has(documents):
    deployments = of_kind(documents, "Deployment")
    assert len(deployments) == len(COMPONENTS)
    for deployment in deployments:
        (container,) = deployment["spec"]["template"]["spec"]["containers"]
        ports = {port["name"] for port in container["ports"]}
        paths = {probe: container[probe]["httpGet"]["path"] for probe in ("startupProbe", "livenessProbe", "readinessProbe")}
        assert paths == {"startupProbe": "/livez", "livenessProbe": "/livez", "readinessProbe": "/readyz"}
        assert {container[probe]["httpGet"]["port"] for probe in paths} <= ports


def test_a_pod_gets_the_time_that_its_process_takes_to_stop(documents):
    for deployment in of_kind(documents, "Deployment"):
        pod = deployment["spec"]["template"]["spec"]
        env = {e["name"]: e.get("value") for e in pod["containers"][0]["env"]}
        needed = (int(env["TANDEM__SERVER__LINGER_MS"]) + int(env["TANDEM__SERVER__GRACE_MS"])) / 1000
        assert pod["terminationGracePeriodSeconds"] >= needed + 5


def test_a_rollout_takes_nothing_away_before_the_new_is_there(documents):
    for deployment in of_kind(documents, "Deployment"):
        assert deployment["spec"]["strategy"]["rollingUpdate"] == {"maxSurge": 1, "maxUnavailable": 0}
        keys = {c["topologyKey"] for c in deployment["spec"]["template"]["spec"]["topologySpreadConstraints"]}
        assert keys == {"kubernetes.io/hostname", "topology.kubernetes.io/zone"}


def test_every_selector_finds_the_pods_of_one_deployment(documents):
    labels = {d["metadata"]["name"]: d["spec"]["template"]["metadata"]["labels"] for d in of_kind(documents, "Deployment")}

    def found_by(selector):
        return {name for name, own in labels.items() if selector.items() <= own.items()}

    for document in documents:
        name, spec = document["metadata"]["name"], document.get("spec", {})
        match document["kind"]:
            case "Deployment" | "PodDisruptionBudget":
                assert found_by(spec["selector"]["matchLabels"]) == {name}
            case "Service":
                assert found_by(spec["selector"]) == {name}
                ports = {p["name"] for d in of_kind(documents, "Deployment") if d["metadata"]["name"] == name
                         for p in d["spec"]["template"]["spec"]["containers"][0]["ports"]}
                assert {port["targetPort"] for port in spec["ports"]} <= ports
                assert all(port["protocol"] == "TCP" for port in spec["ports"])
            case "HorizontalPodAutoscaler":
                assert spec["scaleTargetRef"]["name"] == name and name in labels
            case "ServiceMonitor":
                services = [s for s in of_kind(documents, "Service") if spec["selector"]["matchLabels"].items() <= s["metadata"]["labels"].items()]
                assert len(services) == len(labels)


def test_every_account_is_one_component_s_and_has_no_rights(documents):
    accounts = of_kind(documents, "ServiceAccount")
    assert all(account["automountServiceAccountToken"] is False for account in accounts)
    used = {d["spec"]["template"]["spec"]["serviceAccountName"] for d in of_kind(documents, "Deployment")}
    assert used == {account["metadata"]["name"] for account in accounts}
    assert of_kind(documents, "Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding") == []


def test_no_secret_is_made_and_none_is_written_out(documents):
    assert of_kind(documents, "Secret") == []
    for name, template in pods(documents):
        for container in containers(template):
            for variable in container.get("env", []):
                if any(word in variable["name"] for word in ("SECRET", "PASSWORD", "USERNAME")):
                    assert "secretKeyRef" in variable["valueFrom"], f"{name}: {variable['name']}"
                # Kubernetes puts in what comes before; a later one would stay as it is written.
                for part in variable.get("value", "").split("$(")[1:]:
                    before = [e["name"] for e in container["env"][: container["env"].index(variable)]]
                    assert part.split(")")[0] in before, f"{name}: {variable['name']}"


def test_a_component_knows_its_own_database_alone(documents):
    for deployment in of_kind(documents, "Deployment"):
        component = deployment["metadata"]["labels"]["app.kubernetes.io/component"]
        env = deployment["spec"]["template"]["spec"]["containers"][0]["env"]
        secrets = {e["valueFrom"]["secretKeyRef"]["name"] for e in env if "valueFrom" in e}
        databases = {name for name in secrets if "-database-" in name}
        assert databases == ({f"tandem-qc-database-{component}"} if COMPONENTS[component].get("schema") else set())


def test_one_role_for_each_schema_and_none_named_like_it():
    (cluster,) = of_kind(province("large"), "Cluster")
    roles = {role["name"] for role in cluster["spec"]["managed"]["roles"]}
    schemas = {name for name, facts in COMPONENTS.items() if facts.get("schema")}
    assert roles == {f"tandem_{schema}" for schema in schemas} and not roles & schemas
    statements = cluster["spec"]["bootstrap"]["initdb"]["postInitApplicationSQL"]
    assert {f"CREATE SCHEMA {schema} AUTHORIZATION tandem_{schema}" for schema in schemas} <= set(statements)


def test_the_broker_makes_quorum_queues():
    (broker,) = of_kind(province("large"), "RabbitmqCluster")
    assert "default_queue_type = quorum" in broker["spec"]["rabbitmq"]["additionalConfig"]
    assert broker["spec"]["replicas"] % 2 == 1
