import Testing
import orderbus

@Suite struct TopologyReportTests {
    private let differences = [
        TopologyDifference(.missing, .queue(BrokerQueue(name: "q"))),
        TopologyDifference(.fixed, .exchange(BrokerExchange(name: "x", type: "topic")), detail: "type: fanout → topic"),
        TopologyDifference(.extra, .binding(BrokerBinding(source: "x", destination: "q", routingKey: "#"))),
    ]

    @Test func aPlanSaysWhatWillBeDone() {
        #expect(
            TopologyReport.table(differences, in: .actions(prune: false)).text(as: .table) == """
                ACTION         KIND      NAME       DETAIL
                create         queue     q
                cannot change  exchange  x          type: fanout → topic
                leave          binding   x → q (#)

                """
        )
        let pruned = TopologyReport.table(differences, in: .actions(prune: true)).text(as: .json)
        #expect(pruned.contains(#"{"action": "remove", "kind": "binding", "name": "x → q (#)", "detail": null}"#))
    }

    @Test func aCheckSaysWhatIsWrongAndWhatToDo() {
        let text = TopologyReport.table(differences, in: .findings).text(as: .table)
        #expect(text.contains("missing           queue"))
        #expect(text.contains("different, fixed  exchange"))
        let advice = TopologyReport.advice(on: differences)
        #expect(advice?.contains("topology apply`") == true)
        #expect(advice?.contains("--prune") == true)
        #expect(TopologyReport.advice(on: []) == nil)
    }
}
