import Orders
import Testing

@Suite struct ReplayMachineTests {
    private func machine(
        waiting: Int,
        step: Int = 0,
        inStep: ReplayCounts = ReplayCounts(),
        ladder: ReplayLadder = ReplayLadder()
    ) -> ReplayMachine {
        let now = Timestamp(milliseconds: 0)
        let who = Operator(clientID: "ops", subject: nil, tenant: "acme", reach: .all, scopes: [.replay])
        return ReplayMachine(
            ReplayJob(
                id: ReplayJobID(bits: 1),
                state: .running,
                reason: "test",
                rate: 10,
                ladder: ladder,
                stopRule: StopRule(share: 0.2),
                destination: .origin,
                orderedBy: who,
                orderedAt: now,
                changedAt: now,
                step: step,
                counts: ReplayCounts(waiting: waiting),
                stepCounts: inStep,
                remark: nil,
                runner: nil
            )
        )
    }

    /// Sends whatever the machine asks for, and lets each message end as told, until the job ends.
    private func run(
        _ machine: inout ReplayMachine,
        _ result: (Int) -> ReplayResult
    ) -> (steps: [Int], last: ReplayMachine.Action) {
        var (steps, sent, ended) = ([Int](), 0, 0)
        while true {
            switch machine.action {
            case .send(let count):
                let taken = min(count, machine.counts.waiting)
                machine.took(taken, asked: count)
                steps.append(taken)
                sent += taken
            case .wait:
                machine.ended(result(ended))
                ended += 1
            case .advance(let step):
                #expect(step == machine.step + 1)
                machine.advanced()
            case .stop, .finish, .leave:
                #expect(sent == ended)
                return (steps, machine.action)
            }
        }
    }

    private let good = ReplayResult.succeeded(status: 201, isReplay: false)
    private let bad = ReplayResult.refused(status: 400, code: "ORDER_VALIDATION_FAILED", message: "no")

    @Test func aJobThatGoesWellClimbsTheLadder() {
        var machine = machine(waiting: 200)
        let run = run(&machine) { _ in good }
        #expect(run.steps == [1, 5, 25, 125, 44])
        #expect(run.last == .finish)
    }

    @Test(arguments: [
        ([2, 3, 10], [2, 3, 6]), ([1, 2, 9], [1, 2, 8]), ([3], [3, 3, 3, 2]), ([4, 4, 5], [4, 4, 3]),
    ])
    func stepsHaveTheSizesThatWereGiven(sizes: [Int], steps: [Int]) throws {
        var machine = machine(waiting: 11, ladder: try #require(ReplayLadder(sizes: sizes)))
        #expect(run(&machine) { _ in good }.steps == steps)
    }

    @Test(arguments: [[], [5, 1], [0], [10_001], Array(repeating: 1, count: 21)])
    func stepsThatCannotBeFollowedMakeNoLadder(sizes: [Int]) {
        #expect(ReplayLadder(sizes: sizes) == nil)
    }

    @Test func aGroupThatStillFailsStopsAtTheFirstMessage() {
        var machine = machine(waiting: 100_000)
        let run = run(&machine) { _ in bad }
        #expect(run.steps == [1])
        #expect(run.last == .stop(reason: "1 of 1 failed again"))
    }

    @Test func aFewFailuresOfAStepAreBorne() {
        var machine = machine(waiting: 31)
        let run = run(&machine) { $0 == 3 ? bad : good }
        #expect(run.last == .finish)
    }

    @Test func tooManyFailuresStopAtTheirStep() {
        var machine = machine(waiting: 1000)
        let run = run(&machine) { (6..<12).contains($0) ? bad : good }
        #expect(run.steps == [1, 5, 25])
        #expect(run.last == .stop(reason: "6 of 25 failed again"))
    }

    @Test func aStopWaitsForWhatIsInFlightAndSendsNoMore() {
        var machine = machine(waiting: 100, step: 1, inStep: ReplayCounts(taken: 2, failed: 2))
        #expect(machine.action == .wait)
        machine.ended(good)
        machine.ended(good)
        #expect(machine.action == .stop(reason: "2 of 4 failed again"))
    }

    @Test func aPausedJobIsLeftWhenNothingIsInFlight() {
        var machine = machine(waiting: 100, step: 1, inStep: ReplayCounts(taken: 1))
        machine.changed(to: .paused)
        #expect(machine.action == .wait)
        machine.ended(good)
        #expect(machine.action == .leave)
    }

    @Test func aJobGoesOnInTheMiddleOfItsStep() {
        let machine = machine(waiting: 100, step: 2, inStep: ReplayCounts(succeeded: 20, failed: 1))
        #expect(machine.action == .send(4))
    }

    @Test func theLadderEndsAtItsTop() {
        let ladder = ReplayLadder(first: 1, factor: 5, most: 100)
        #expect((0...4).map(ladder.size) == [1, 5, 25, 100, 100])
        #expect(ReplayLadder(first: 10, factor: 1).size(ofStep: .max) == 10)
        #expect(ReplayLadder(first: -1, factor: 0, most: 0).size(ofStep: 9) == 1)
    }

    @Test func onlyTheEndsHaveNoSuccessors() {
        for state in ReplayJobState.allCases {
            #expect(state.successors.isEmpty == [.cancelled, .finished].contains(state))
        }
        #expect(ReplayJobState.stopped.canBecome(.running))
        #expect(!ReplayJobState.paused.canBecome(.finished))
    }
}
