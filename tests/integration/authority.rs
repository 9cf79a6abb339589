//! A time-stamping authority for tests: openssl with a root of its own. Says loudly when there is no openssl.

#![expect(clippy::disallowed_methods, reason = "tests write their own inputs")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A folder with a root, a signer and a configuration.
pub(crate) struct Authority {
    folder: tempfile::TempDir,
}

/// Whether `program` is missing; then says so, not by `eprintln!`, which the harness would swallow.
pub(crate) fn is_absent(program: &str, test: &str) -> bool {
    let absent = Command::new(program).arg("-v").output().is_err();
    if absent {
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: no program `{program}`; on Debian: apt-get install minisign openssl"
        );
    }
    absent
}

pub(crate) fn openssl(folder: &Path, arguments: &[&str]) -> std::process::Output {
    Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("openssl runs")
}

impl Authority {
    /// With a signer's key of this kind (arguments of `openssl genpkey`), signing with `digest`, named by `ess`.
    pub(crate) fn new(key: &[&str], digest: &str, ess: &str, purpose: &str) -> Self {
        let authority = Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        };
        let config = format!(
            "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nO=Authority of the tests\nCN=Signer\n\
             [root]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n\
             [signer]\nbasicConstraints=CA:FALSE\nextendedKeyUsage={purpose}\n\
             [tsa]\nserial=serial\nsigner_cert=signer.pem\ncerts=root.pem\nsigner_key=signer.key\n\
             signer_digest={digest}\ndefault_policy=1.2.3.4.1\ndigests=sha256\naccuracy=secs:1\nordering=yes\n\
             tsa_name=yes\ness_cert_id_chain=no\ness_cert_id_alg={ess}\n"
        );
        std::fs::write(authority.path("authority.cnf"), config).expect("written");
        std::fs::write(authority.path("serial"), "01\n").expect("written");
        authority.run(&[
            "genpkey",
            "-algorithm",
            "EC",
            "-pkeyopt",
            "ec_paramgen_curve:P-384",
            "-out",
            "root.key",
        ]);
        authority.run(&[&["genpkey"], key, &["-out", "signer.key"]].concat());
        authority.run(&[
            "req",
            "-x509",
            "-new",
            "-key",
            "root.key",
            "-sha384",
            "-days",
            "36500",
            "-config",
            "authority.cnf",
            "-extensions",
            "root",
            "-subj",
            "/O=Authority of the tests/CN=Root",
            "-out",
            "root.pem",
        ]);
        authority.run(&[
            "req",
            "-new",
            "-key",
            "signer.key",
            "-config",
            "authority.cnf",
            "-out",
            "signer.csr",
        ]);
        authority.run(&[
            "x509",
            "-req",
            "-in",
            "signer.csr",
            "-CA",
            "root.pem",
            "-CAkey",
            "root.key",
            "-CAcreateserial",
            "-sha256",
            "-days",
            "36500",
            "-extfile",
            "authority.cnf",
            "-extensions",
            "signer",
            "-out",
            "signer.pem",
        ]);
        authority
    }

    /// An ordinary one.
    pub(crate) fn ordinary() -> Self {
        let key = ["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"];
        Self::new(&key, "sha256", "sha256", "critical,timeStamping")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn run(&self, arguments: &[&str]) {
        let output = openssl(self.folder.path(), arguments);
        assert!(
            output.status.success(),
            "openssl {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    /// Its answer to a request.
    pub(crate) fn answer(&self, request: &[u8]) -> Vec<u8> {
        std::fs::write(self.path("request.tsq"), request).expect("written");
        self.run(&[
            "ts",
            "-reply",
            "-config",
            "authority.cnf",
            "-section",
            "tsa",
            "-queryfile",
            "request.tsq",
            "-out",
            "answer.tsr",
        ]);
        std::fs::read(self.path("answer.tsr")).expect("an answer")
    }

    /// Its root, as PEM.
    pub(crate) fn root(&self) -> String {
        std::fs::read_to_string(self.path("root.pem")).expect("a root")
    }
}
