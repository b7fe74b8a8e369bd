import Orders
import Testing
import orderbus

@Suite struct CreateReportTests {
    private func result(_ number: Int, _ status: Int, replayed: Bool = false) -> OrderResult {
        let line = OrderLine(source: "in", number: number, text: Array("{\"n\":\(number)}".utf8))
        let failure =
            status < 300 ? nil : CommandFailure(code: "NO", message: "not so", requestID: "r-1", status: status)
        let body = Array(#"{"orderId":"ord_\#(number)"}"#.utf8)
        let reply = BusReply(status: status, isReplay: replayed, body: body)
        return OrderResult(line: line, text: line.text, key: "key-\(number)", reply: reply, failure: failure)
    }

    @Test func theExitCodeTellsAllSomeAndNone() {
        var report = CreateReport(format: .table)
        #expect(report.status == .done)
        _ = report.add(result(1, 400))
        #expect(report.status == .failed)
        _ = report.add(result(2, 201))
        #expect(report.status == .partlyDone)
        var fine = CreateReport(format: .table)
        _ = fine.add(result(1, 201))
        _ = fine.add(result(2, 201, replayed: true))
        #expect(fine.status == .done)
        #expect(fine.ending(seconds: 0.5).hasSuffix("1 created, 1 there already\n"))
    }

    @Test func inJSONEveryOrderIsALine() {
        var report = CreateReport(format: .json)
        #expect(
            report.add(result(1, 201)) == #"""
                {"source":"in","line":1,"idempotencyKey":"key-1","status":201,"orderId":"ord_1","replayed":false}

                """#
        )
        #expect(
            report.add(result(2, 400)) == #"""
                {"source":"in","line":2,"idempotencyKey":"key-2","status":400,"error":{"code":"NO","message":"not so",\#
                "details":[],"correlationId":"r-1"}}

                """#
        )
        #expect(report.ending(seconds: 1).isEmpty)
    }

    @Test func manyOrdersAreSummedUpAndNotListed() {
        var report = CreateReport(format: .table)
        for number in 1...200 { _ = report.add(result(number, 201)) }
        #expect(report.ending(seconds: 2) == "200 created, 100 orders/s\n")
    }

    @Test func anAcceptedOrdersIDComesFromItsKey() {
        let line = OrderLine(source: "in", number: 1, text: [])
        let accepted = OrderResult(line: line, text: [], key: "key-1", reply: nil, failure: nil)
        var report = CreateReport(format: .json) { "ord_of_\($0)" }
        #expect(report.add(accepted)?.contains(#""status":null,"orderId":"ord_of_key-1""#) == true)
    }
}
