import Logging
import Testing
import orderbus

@Suite struct SettingsTests {
    private static let complete = [
        "AMQP_URL": "amqp://worker:s3cret@127.0.0.1:5672",
        "DATABASE_URL": "postgresql://orderbus:s3cret@127.0.0.1:5432/orderbus",
        "OIDC_ISSUER": "https://id.example.com/",
        "OIDC_AUDIENCE": "orderbus",
    ]

    private static func load(
        _ changes: [String: String] = [:],
        files: [String: SettingFile] = [:]
    ) throws(SettingsError) -> Settings.Loaded<WorkerProgramSettings> {
        try Settings.load(
            from: complete.merging(changes) { _, new in new },
            readFile: { path throws(SettingFileError) in
                guard let file = files[path] else { throw SettingFileError(reason: "No such file or directory") }
                return file
            },
            { WorkerProgramSettings(reading: &$0) }
        )
    }

    /// The sentences of the error that these settings give.
    private static func problems(_ changes: [String: String], files: [String: SettingFile] = [:]) -> [String] {
        do throws(SettingsError) {
            _ = try load(changes, files: files)
            return []
        } catch {
            return error.problems.map(\.text)
        }
    }

    @Test func defaultsAreThoseOfTheContract() throws {
        let settings = try Self.load().value
        #expect(settings.amqp.urls == ["amqp://worker:s3cret@127.0.0.1:5672"])
        #expect(settings.tokens.keys == .url("https://id.example.com/.well-known/jwks.json"))
        #expect(settings.tokens.tenantClaim == "tenant")
        #expect(settings.worker.lanes == nil && settings.worker.prefetch == nil && settings.worker.batch == nil)
        #expect(settings.admin.host == "127.0.0.1" && settings.admin.port == 9464)
        #expect(settings.shutdown.grace == .seconds(15))
        #expect(settings.log.level == .info && settings.log.format == nil)
    }

    @Test func brokersUsersAreNamedOrNobody() throws {
        let defaults = try Self.load().value.brokerUsers
        #expect(defaults.worker == nil, "the one in AMQP_URL")
        #expect(defaults.console == "console")
        let users = try Self.load(["WORKER_AMQP_USER": "w", "CONSOLE_AMQP_USER": "none"]).value.brokerUsers
        #expect(users.worker == "w")
        #expect(users.console.isEmpty, "nobody may act in another's name")
        #expect(try Self.load(["CONSOLE_AMQP_USER": ""]).value.brokerUsers.console == "console")
        let long = String(repeating: "x", count: 256)
        #expect(Self.problems(["CONSOLE_AMQP_USER": long, "WORKER_AMQP_USER": long]).count == 2)
    }

    @Test func releaseIsOneWordOrNone() throws {
        #expect(try Self.load().value.worker.release == nil)
        #expect(try Self.load(["WORKER_RELEASE": "1.4.2-éa"]).value.worker.release == "1.4.2-éa")
        for release in ["1 4", "a\nb", String(repeating: "x", count: 129)] {
            #expect(Self.problems(["WORKER_RELEASE": release]).count == 1)
        }
    }

    @Test func everyProgramHasItsOwnPorts() throws {
        let ports = try Settings.load(from: [:]) { reader in
            Program.allCases.map { ListenerSettings.admin(of: $0, reading: &reader).port } + [
                ListenerSettings.http(reading: &reader).port, ListenerSettings.console(reading: &reader).port,
            ]
        }
        #expect(ports.value == [9464, 9465, 9466, 3000, 3001])
    }

    @Test func everythingWrongIsSaidAtOnceWithAnExample() {
        let error = #expect(throws: SettingsError.self) {
            try Settings.load(from: ["WORKER_LANES": "many", "SHUTDOWN_GRACE": "15"]) {
                WorkerProgramSettings(reading: &$0)
            }
        }
        #expect(
            error?.problems.map(\.setting.name) == [
                "AMQP_URL", "DATABASE_URL", "OIDC_ISSUER", "OIDC_AUDIENCE", "WORKER_LANES", "SHUTDOWN_GRACE",
            ]
        )
        let text = error?.explanation.text() ?? ""
        #expect(text.hasPrefix("error: 6 settings are missing or wrong\n  AMQP_URL is not set; example: AMQP_URL="))
        #expect(text.contains(#"WORKER_LANES is "many", which is not a whole number from 1 to 64; example: "#))
        #expect(error?.explanation.status == .wrongUsage)
    }

    @Test(arguments: [
        ("WORKER_LANES", "0"), ("WORKER_LANES", "65"), ("WORKER_PREFETCH", "65536"), ("WORKER_BATCH", "-1"),
        ("WORKER_BATCH", "1e3"), ("WORKER_BATCH", "99999999999999999999"), ("ADMIN_PORT", "0"),
        ("ADMIN_PORT", "tcp://10.0.0.1:80"), ("SHUTDOWN_GRACE", "0s"), ("SHUTDOWN_GRACE", "11m"),
        ("LOG_LEVEL", "loud"), ("LOG_FORMAT", "xml"), ("DATABASE_URL", "mysql://x"), ("AMQP_URL", "http://x"),
        ("AMQP_URL", "amqp://a,"), ("OIDC_ISSUER", "id.example.com"), ("AMQP_KEY_FILE", "/key"),
        ("AMQP_CERT_FILE", "/cert"),
    ])
    func aValueOutOfRangeIsRefused(name: String, value: String) {
        #expect(Self.problems([name: value]).count == 1)
    }

    @Test func secretsAreNeverPrinted() throws {
        let wrong = Self.problems(["DATABASE_URL": "pg://x:s3cret@h/d", "AMQP_URL": "ampq://x:s3cret@h"])
        #expect(wrong.count == 2)
        #expect(!wrong.joined().contains("s3cret"))
        let report = try Self.load().report
        #expect(!"\(report)".contains("s3cret"))
    }

    /// A password with a bare `@` was taken for the host, and shown as such by whoever could not find it.
    @Test(arguments: [
        ("DATABASE_URL", "postgresql://orderbus:one@PW47@127.0.0.1:5432/x"),
        ("DATABASE_URL", "postgresql://orderbus:12/PW47@127.0.0.1:5432/x"),
        ("DATABASE_URL", "postgresql://orderbus:one@PW/47@127.0.0.1:5432/x?sslmode=disable"),
        ("AMQP_URL", "amqp://worker:12/PW47@127.0.0.1:5672"),
    ])
    func aPasswordThatIsNotEscapedIsRefusedWithoutAWordOfIt(name: String, value: String) {
        let problems = Self.problems([name: value])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("\(name) has an @") == true)
        #expect(problems.first?.contains("percent-encoded") == true)
        #expect(problems.first?.contains("PW") == false)
    }

    @Test(arguments: [
        "postgresql://u:a%40b@h/d", "postgresql://h/d?user=u&password=a@b", "postgresql://u:a?b@h/d",
        "postgresql:///d?host=@abstract",
    ])
    func anAtSignThatBelongsIsTaken(url: String) {
        #expect(Self.problems(["DATABASE_URL": url]).isEmpty)
    }

    @Test(arguments: [
        ("DATABASE_URL", "postgresql://u:PW@h/d?foo=1", "parameter"),
        ("DATABASE_URL", "postgresql://u:PW%ZZ@h/d", "%25"),
        ("DATABASE_URL", "postgresql://u:PW@h:99999/d", "65535"),
        ("DATABASE_URL", "postgresql://u:PW@h/d?sslmode=foo", "verify-full"),
        ("AMQP_URL", "amqp://u:PW@h:99999", "65535"), ("AMQP_URL", "amqp://a,amqp://u:PW@h?foo=1", "heartbeat"),
        ("OIDC_JWKS_URL", "https://", "names no host"), ("OIDC_JWKS_URL", "https://:443/jwks", "names no host"),
        ("OIDC_JWKS_URL", "https://h:99999/jwks", "names no host"), ("OIDC_ISSUER", "https://", "names no host"),
        ("OIDC_ISSUER", " ", "is blank"), ("OIDC_ISSUER", " https://id", "begins or ends with white space"),
        ("OIDC_AUDIENCE", "orderbus ", "begins or ends with white space"),
        ("AMQP_CA_FILE", "/none.pem", "/none.pem, which cannot be read: No such file or directory"),
        ("AMQP_CA_FILE", "/dev/null", "holds no certificate in PEM"),
    ])
    func whatWouldFailLaterIsSaidAtTheStart(name: String, value: String, words: String) {
        let problems = Self.problems([name: value])
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix(name + " ") == true)
        #expect(problems.first?.contains(words) == true, "\(problems)")
        #expect(problems.first?.contains("PW") == false)
    }

    @Test func clientFilesMustBePEM() {
        let problems = Self.problems(["AMQP_CERT_FILE": "/none.pem", "AMQP_KEY_FILE": "/dev/null"])
        #expect(problems.map { $0.prefix { $0 != " " } } == ["AMQP_CERT_FILE", "AMQP_KEY_FILE"])
    }

    @Test func anotherProgramsURLIsNamedAsItIsSet() {
        let error = #expect(throws: SettingsError.self) {
            try Settings.load(from: ["PRODUCER_AMQP_URL": "amqp://h:0"]) {
                AMQPSettings(reading: &$0, preferring: .producerAMQPURL)
            }
        }
        #expect(error?.problems.map(\.setting.name) == ["PRODUCER_AMQP_URL"])
    }

    @Test func severalBrokersAreSplitAndTrimmed() throws {
        let settings = try Self.load(["AMQP_URL": "amqp://a:5672/x, amqps://b ,amqp://c"]).value
        #expect(settings.amqp.urls == ["amqp://a:5672/x", "amqps://b", "amqp://c"])
    }

    @Test func aSettingCanComeFromAFile() throws {
        let files = ["/run/secrets/db": SettingFile(text: "postgres://file:x@h/d\n")]
        let changes = ["DATABASE_URL": "", "DATABASE_URL_FILE": "/run/secrets/db"]
        let loaded = try Self.load(changes, files: files)
        #expect(loaded.value.database.url == "postgres://file:x@h/d")
        #expect(loaded.warnings.isEmpty)
        let report = loaded.report.first { $0.name == "DATABASE_URL" }
        #expect(report?.origin == .file(path: "/run/secrets/db"))
        #expect(report?.shown == "postgres://file:***@h/d")
    }

    @Test func aSettingGivenTwiceIsRefused() {
        let problems = Self.problems(["AMQP_URL_FILE": "/x"], files: ["/x": SettingFile(text: "amqp://h")])
        #expect(problems.first?.hasPrefix("AMQP_URL and AMQP_URL_FILE are both set, and only one may be") == true)
        #expect(problems.count == 1)
    }

    @Test func aFileThatIsMissingOrEmptyIsNamed() {
        let missing = Self.problems(["WORKER_BATCH_FILE": "/none"])
        #expect(missing.first?.contains("WORKER_BATCH_FILE names, /none: No such file or directory") == true)
        let empty = Self.problems(["WORKER_BATCH_FILE": "/e"], files: ["/e": SettingFile(text: "\n")])
        #expect(empty.first?.contains("WORKER_BATCH is empty in the file") == true)
    }

    @Test func aSecretThatEveryoneMayReadIsAWarning() throws {
        let files = ["/f": SettingFile(text: "100", isWorldReadable: true)]
        #expect(try Self.load(["WORKER_BATCH_FILE": "/f"], files: files).warnings.isEmpty)
        let secret = ["/f": SettingFile(text: "amqp://h", isWorldReadable: true)]
        let loaded = try Self.load(["AMQP_URL": "", "AMQP_URL_FILE": "/f"], files: secret)
        #expect(loaded.warnings.count == 1)
        #expect(loaded.warnings.first?.contains("AMQP_URL_FILE: /f") == true)
    }

    @Test func keysComeFromOnePlace() throws {
        #expect(try Self.load(["OIDC_JWKS_FILE": "/jwks"]).value.tokens.keys == .file(path: "/jwks"))
        let changes = ["OIDC_JWKS_FILE": "/jwks", "OIDC_JWKS_URL": "https://x/jwks"]
        #expect(Self.problems(changes).count == 1)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080/jwks", 0), ("http://localhost/jwks", 0), ("http://[::1]:1/jwks", 0),
        ("https://x/jwks", 0), ("http://x/jwks", 1), ("http://localhost.evil.example/jwks", 1),
    ])
    func keysOverPlainHTTPAreAWarningUnlessOnThisMachine(url: String, warnings: Int) throws {
        #expect(try Self.load(["OIDC_JWKS_URL": url]).warnings.count == warnings)
    }

    @Test func managementKnowsAPasswordForEachUserThatHasOne() throws {
        let environment = ["AMQP_MANAGEMENT_URL": "http://a:b@h:15672", "ORDER_WORKER_PASSWORD": "pw"]
        let loaded = try Settings.load(from: environment) {
            ManagementSettings(users: ["order-worker", "producer"], reading: &$0)
        }
        #expect(loaded.value.passwords == ["order-worker": "pw"])
        #expect(!"\(loaded.report)".contains("pw"))
    }
}
