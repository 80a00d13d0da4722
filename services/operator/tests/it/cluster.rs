//! A cluster for tests, and a stage on it: a namespace, a release, and an operator with the rights of its chart alone.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use kube::{
    Api, Client, Config, CustomResourceExt as _,
    api::{Patch, PatchParams, PostParams},
    config::{AuthInfo, KubeConfigOptions, Kubeconfig},
};
use operator::resource::Province;
use serde_json::json;
use tokio::sync::OnceCell;

/// Starts a control plane and stops it once nobody holds the pipe any more, however the tests end.
const WATCHDOG: &str = r#"
trap '' INT TERM HUP
FAKE_NODE=1 "$1/up.sh" "$2" >"$2.log" 2>&1 && echo up || { cat "$2.log"; exit 1; }
read -r _
"$1/down.sh" "$2"
rm -rf "$2" "$2.log"
"#;

/// A cluster and how to reach it as its administrator.
pub struct Cluster {
    pub config: Config,
    /// Whether other tests are at work there.
    pub is_shared: bool,
    kubeconfig: Kubeconfig,
    /// The folder of a control plane that is ours to restart.
    pub folder: Option<PathBuf>,
    _watchdog: Option<Child>,
}

impl Cluster {
    /// The cluster that all journeys share; none where there is none to be had, which is said.
    pub async fn shared(journey: &str) -> Option<&'static Self> {
        static SHARED: OnceCell<Option<Cluster>> = OnceCell::const_new();
        let shared = SHARED.get_or_init(async || Self::any(true).await).await;
        if shared.is_none() {
            skip(journey);
        }
        shared.as_ref()
    }

    /// A control plane of one's own, to be restarted; none where there is no testbed.
    pub async fn own(journey: &str) -> Option<Self> {
        let own = Self::any(false).await;
        if own.is_none() {
            skip(journey);
        }
        own.map(|own| Self { is_shared: false, ..own })
    }

    async fn any(or_given: bool) -> Option<Self> {
        // `RUST_LOG=operator=debug` shows what the operators under test say.
        let filter = tracing_subscriber::EnvFilter::from_default_env();
        let _ = tracing_subscriber::fmt().with_env_filter(filter).with_test_writer().try_init();
        let given = std::env::var("TANDEM_TEST_KUBECONFIG").ok().filter(|path| !path.is_empty() && or_given);
        let beside = || PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/k8s-testbed");
        let testbed = std::env::var_os("TANDEM_TEST_TESTBED").map_or_else(beside, PathBuf::from);
        match given {
            Some(path) => Some(Self::at(Path::new(&path), None, None).await),
            None if testbed.join("up.sh").exists() => {
                let (folder, watchdog) = tokio::task::spawn_blocking(move || up(&testbed)).await.expect("no panic");
                Some(Self::at(&folder.join("kubeconfig"), Some(folder.clone()), Some(watchdog)).await)
            }
            None => None,
        }
    }

    async fn at(kubeconfig: &Path, folder: Option<PathBuf>, watchdog: Option<Child>) -> Self {
        let kubeconfig = Kubeconfig::read_from(kubeconfig).expect("the kubeconfig can be read");
        let options = KubeConfigOptions::default();
        let config = Config::from_custom_kubeconfig(kubeconfig.clone(), &options).await.expect("it names a cluster");
        let cluster = Self { config, is_shared: true, kubeconfig, folder, _watchdog: watchdog };
        cluster.define_province().await;
        cluster
    }

    /// A client of the runtime that asks: its connections end with it, so tests can't share one.
    pub fn client(&self) -> Client {
        Client::try_from(self.config.clone()).expect("a client can be made")
    }

    /// A kubeconfig for whoever holds a token.
    pub fn kubeconfig_with(&self, token: &str) -> String {
        let mut kubeconfig = self.kubeconfig.clone();
        let user = AuthInfo { token: Some(token.to_owned().into()), ..AuthInfo::default() };
        kubeconfig.auth_infos.iter_mut().for_each(|named| named.auth_info = Some(user.clone()));
        serde_json::to_string(&kubeconfig).expect("JSON is YAML")
    }

    async fn define_province(&self) {
        use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
        let client = self.client();
        let definitions: Api<CustomResourceDefinition> = Api::all(client.clone());
        let file = crate::chart::folder().join("files/provinces.yaml");
        let text = fs::read_to_string(file).expect("the definition is checked in");
        let mut definition: CustomResourceDefinition = serde_saphyr::from_str(&text).expect("it is YAML");
        // Not applied server-side: servers that know no CEL drop its rules from what is created, but refuse them there.
        if let Some(before) = definitions.get_opt(Province::crd_name()).await.expect("the API server answers") {
            definition.metadata.resource_version = before.metadata.resource_version;
            definitions.replace(Province::crd_name(), &PostParams::default(), &definition).await.expect("it is taken");
        } else {
            definitions.create(&PostParams::default(), &definition).await.expect("it is taken");
        }
        testkit::wait_for("the resource Province", async || {
            let provinces: Api<Province> = Api::all(client.clone());
            provinces.list(&kube::api::ListParams::default().limit(1)).await.is_ok()
        })
        .await;
    }

    /// Ends the API server and starts it again, on the same address and data.
    pub fn restart_api_server(&self) {
        let folder = self.folder.as_ref().expect("a control plane of our own");
        let pid_file = folder.join("apiserver.pid");
        let pid = fs::read_to_string(&pid_file).expect("it runs").trim().to_owned();
        let arguments = fs::read(format!("/proc/{pid}/cmdline")).expect("it runs");
        let arguments = String::from_utf8(arguments).expect("text");
        let mut arguments = arguments.trim_end_matches('\0').split('\0');
        let program = arguments.next().expect("a program").to_owned();
        let run = |command: &mut Command| command.status().expect("a shell runs").success();
        assert!(run(Command::new("kill").args(["-KILL", &pid])));
        let script = r#"pid=$1 log=$2; shift 2
            while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.05; done
            setsid "$@" >>"$log" 2>&1 </dev/null & echo $! >"$pid""#;
        let mut start = Command::new("bash");
        start.current_dir(folder).args(["-c", script, "start"]).arg(&pid_file).arg(folder.join("apiserver.log"));
        assert!(run(start.arg(program).args(arguments)));
    }
}

/// Past the test harness, which would keep it to itself: a journey that could not be made does not pass in silence.
fn skip(journey: &str) {
    let why = "no cluster is given in TANDEM_TEST_KUBECONFIG, and there is no test bed beside the repository";
    let _ = writeln!(std::io::stderr(), "SKIP {journey}: {why}");
}

fn up(testbed: &Path) -> (PathBuf, Child) {
    let folder = tempfile::Builder::new().prefix("tandem-k8s-").tempdir().expect("a folder").keep();
    let mut watchdog = Command::new("bash")
        .args(["-c", WATCHDOG, "watchdog"])
        .args([testbed, &folder])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("a shell runs");
    let mut lines = BufReader::new(watchdog.stdout.take().expect("it is piped")).lines();
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    let rest = || lines.map_while(Result::ok).collect::<Vec<_>>().join("\n");
    assert!(first == "up", "the control plane did not start: {first}\n{}", rest());
    (folder, watchdog)
}

/// An object, applied as the administrator of the cluster.
pub async fn apply<K>(api: &Api<K>, name: &str, object: serde_json::Value) -> K
where
    K: Clone + serde::de::DeserializeOwned + std::fmt::Debug,
{
    let parameters = PatchParams::apply("tests").force();
    api.patch(name, &parameters, &Patch::Apply(&object)).await.unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The labels of a workload of a release.
pub fn labels(release: &str, component: &str) -> serde_json::Value {
    json!({
        "app.kubernetes.io/part-of": "tandem",
        "app.kubernetes.io/instance": release,
        "app.kubernetes.io/component": component,
    })
}
