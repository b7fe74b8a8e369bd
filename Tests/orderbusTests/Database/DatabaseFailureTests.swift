import Postgres
import Testing
import orderbus

@Suite struct DatabaseFailureTests {
    /// Whoever asks for TLS where there is none was told to see that the server runs.
    @Test(arguments: [
        ("connection to server failed: server does not support SSL, but SSL was required", "ssl = on"),
        ("connection to server at \"127.0.0.1\" failed: SSL error: certificate verify failed", "sslrootcert"),
        ("connection to server at \"127.0.0.1\", port 1 failed: Connection refused", "server runs"),
    ])
    func adviceIsAboutWhatIsWrong(message: String, words: String) {
        let failure = DatabaseFailure(PostgresError(.connectionFailed, message), url: "postgresql://u:secret@h/d")
        #expect(failure.explanation.advice?.contains(words) == true)
    }
}
