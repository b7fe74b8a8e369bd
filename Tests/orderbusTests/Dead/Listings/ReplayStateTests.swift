import JSON
import Testing
import orderbus

@Suite struct ReplayStateTests {
    private func state(_ name: String, succeeded: Int, failed: Int, waiting: Int) throws -> ReplayState? {
        let json = """
            {"id":"rj_1","state":"\(name)","remark":null,
             "counts":{"waiting":\(waiting),"sent":0,"succeeded":\(succeeded),"failed":\(failed),"skipped":0,"unknown":0}}
            """
        return ReplayState(try JSONDocument(parsing: Array(json.utf8)).root)
    }

    @Test func theExitCodeTellsAllSomeAndNone() throws {
        #expect(try state("finished", succeeded: 3, failed: 0, waiting: 0)?.status == .done)
        #expect(try state("finished", succeeded: 2, failed: 1, waiting: 0)?.status == .partlyDone)
        #expect(try state("stopped", succeeded: 1, failed: 1, waiting: 9)?.status == .partlyDone)
        #expect(try state("stopped", succeeded: 0, failed: 1, waiting: 9)?.status == .failed)
    }

    @Test func onlyARunningReplayIsWorthWaitingFor() throws {
        #expect(try state("running", succeeded: 0, failed: 0, waiting: 1)?.isAtRest == false)
        #expect(try state("paused", succeeded: 0, failed: 0, waiting: 1)?.isAtRest == true)
        #expect(ReplayState(try JSONDocument(parsing: Array("{}".utf8)).root) == nil)
    }
}
