import Testing
import orderbus

@Suite struct ExplanationTests {
    @Test func anErrorSaysWhatWhereAndWhatToDo() {
        let explanation = Explanation(
            what: "the broker refused the connection",
            place: "127.0.0.1:5672",
            advice: "start RabbitMQ\nor set AMQP_URL"
        )
        #expect(
            explanation.text() == """
                error: the broker refused the connection
                  where: 127.0.0.1:5672
                  what to do: start RabbitMQ
                              or set AMQP_URL

                """
        )
    }

    @Test func aPeersWordsCannotDriveTheTerminal() {
        #expect(!Explanation(what: "it said \u{1B}[2J", place: "\u{202E}x").text().contains { $0 == "\u{1B}" })
    }
}
