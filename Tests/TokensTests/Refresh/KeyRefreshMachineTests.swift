import Testing
import Tokens

@Suite struct KeyRefreshMachineTests {
    private static let start = ContinuousClock.now
    private let key = KeyID("new")

    @Test func fetchesAtOnceAndThenByAge() {
        var machine = Self.machine()
        #expect(machine.next(now: Self.at(0)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(1))
        #expect(machine.next(now: Self.at(1)) == .sleep(until: Self.at(301)))
        #expect(machine.next(now: Self.at(301)) == .fetch)
    }

    @Test(arguments: [(5, 60), (60, 60), (600, 600), (86_400, 3600), (0, 60)])
    func theProvidersAgeIsHeldWithinBounds(_ maxAge: Int, _ seconds: Int) {
        var machine = Self.machine()
        _ = machine.next(now: Self.at(0))
        machine.fetchSucceeded(maxAge: .seconds(maxAge), isKnown: { _ in false }, now: Self.at(0))
        #expect(machine.next(now: Self.at(0)) == .sleep(until: Self.at(seconds)))
    }

    @Test func failuresAreRetriedEverMoreSlowly() {
        var machine = Self.machine()
        var now = 0
        for wait in [1, 2, 4, 8, 16, 30, 30, 30] {
            #expect(machine.next(now: Self.at(now)) == .fetch)
            machine.fetchFailed(now: Self.at(now))
            #expect(machine.next(now: Self.at(now)) == .sleep(until: Self.at(now + wait)))
            now += wait
        }
        #expect(machine.next(now: Self.at(now)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(now))
        #expect(machine.next(now: Self.at(now + 300)) == .fetch)
        machine.fetchFailed(now: Self.at(now + 300))
        #expect(machine.next(now: Self.at(now + 300)) == .sleep(until: Self.at(now + 301)))
    }

    @Test func keysOutliveAnOutageOnlySoLong() {
        var machine = Self.ready()
        var now = 300
        while now < 4 * 3600 {
            guard machine.next(now: Self.at(now)) == .fetch else { break }
            machine.fetchFailed(now: Self.at(now))
            now += 30
        }
        #expect(machine.next(now: Self.at(4 * 3600)) == .dropKeys)
        #expect(machine.next(now: Self.at(4 * 3600)) != .dropKeys)
    }

    @Test func anUnknownKeyIsFetchedForOnceAndThenRefusedForAWhile() {
        var machine = Self.ready()
        #expect(machine.unknownKeySeen(key, now: Self.at(10)) == .wait)
        #expect(machine.next(now: Self.at(10)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(11))
        #expect(machine.unknownKeySeen(key, now: Self.at(11)) == .absent)
        #expect(machine.unknownKeySeen(key, now: Self.at(40)) == .absent)
        #expect(machine.next(now: Self.at(40)) == .sleep(until: Self.at(311)))
        #expect(machine.unknownKeySeen(key, now: Self.at(41)) == .wait)
        #expect(machine.next(now: Self.at(41)) == .fetch)
    }

    /// The provider may have published the key after it answered.
    @Test func aFetchThatBeganBeforeAKeyWasSeenDoesNotDecideAboutIt() {
        var machine = Self.ready()
        #expect(machine.next(now: Self.at(300)) == .fetch)
        #expect(machine.unknownKeySeen(key, now: Self.at(301)) == .wait)
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(302))
        #expect(machine.unknownKeySeen(key, now: Self.at(302)) == .wait)
        #expect(machine.next(now: Self.at(302)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(303))
        #expect(machine.unknownKeySeen(key, now: Self.at(303)) == .absent)
    }

    @Test func aKeyThatIsBroughtIsForgottenAsUnknown() {
        var machine = Self.ready()
        _ = machine.unknownKeySeen(key, now: Self.at(10))
        #expect(machine.next(now: Self.at(10)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { $0 == key }, now: Self.at(11))
        #expect(machine.next(now: Self.at(11)) == .sleep(until: Self.at(311)))
        // Removed and asked for again: it is looked for again.
        #expect(machine.unknownKeySeen(key, now: Self.at(12)) == .wait)
    }

    @Test func unknownKeysShareAnAllowanceOfFetches() {
        var machine = Self.ready()
        for number in 0..<5 {
            #expect(machine.unknownKeySeen(KeyID("\(number)"), now: Self.at(10)) == .wait)
            #expect(machine.next(now: Self.at(10)) == .fetch)
            machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(10))
        }
        for number in 5..<50 {
            #expect(machine.unknownKeySeen(KeyID("\(number)"), now: Self.at(11)) == .unavailable)
        }
        #expect(machine.next(now: Self.at(11)) == .sleep(until: Self.at(20)))
        #expect(machine.next(now: Self.at(20)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(21))
        // One fetch decided them all.
        for number in 5..<50 {
            #expect(machine.unknownKeySeen(KeyID("\(number)"), now: Self.at(21)) == .absent)
        }
        #expect(machine.unknownKeySeen(key, now: Self.at(21)) == .unavailable)
        #expect(machine.next(now: Self.at(21)) == .sleep(until: Self.at(30)))
    }

    @Test func aFailedFetchDecidesNothingAndIsNotRepeatedAtOnce() {
        var machine = Self.ready()
        _ = machine.unknownKeySeen(key, now: Self.at(10))
        #expect(machine.next(now: Self.at(10)) == .fetch)
        machine.fetchFailed(now: Self.at(11))
        #expect(machine.next(now: Self.at(11)) == .sleep(until: Self.at(12)))
        #expect(machine.unknownKeySeen(key, now: Self.at(11)) == .wait)
    }

    /// Symptom: more names than were remembered pushed each other out, came again undecided, and did so for ever.
    @Test func aFloodOfNamesIsRefusedAfterOneFetch() {
        var machine = Self.ready()
        let flood = (0..<20_000).map { KeyID("\($0)") }
        for name in flood { #expect(machine.unknownKeySeen(name, now: Self.at(40)) == .wait) }
        #expect(machine.next(now: Self.at(40)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(41))
        for name in flood { #expect(machine.unknownKeySeen(name, now: Self.at(45)) == .absent) }
        #expect(machine.next(now: Self.at(45)) == .sleep(until: Self.at(341)), "no fetch is owed to any")
    }

    @Test func namesBeyondThoseRememberedPushNobodyOut() {
        var machine = Self.full()
        #expect(machine.unknownKeySeen(KeyID("0"), now: Self.at(12)) == .absent)
        #expect(machine.unknownKeySeen(key, now: Self.at(12)) == .absent)
        #expect(machine.unknownKeySeen(KeyID("0"), now: Self.at(12)) == .absent)
    }

    /// Names that were decided make room in time.
    @Test func aKeyThatIsPublishedDuringAFloodIsFoundAfterTheAbsence() {
        var machine = Self.full()
        #expect(machine.unknownKeySeen(key, now: Self.at(39)) == .absent)
        #expect(machine.unknownKeySeen(key, now: Self.at(41)) == .wait)
        #expect(machine.next(now: Self.at(41)) == .fetch)
        machine.fetchSucceeded(maxAge: nil, isKnown: { $0 == key }, now: Self.at(41))
        #expect(machine.next(now: Self.at(41)) == .sleep(until: Self.at(341)))
    }

    /// The last fetch is too long ago to say anything, and all places are taken by names that wait too.
    @Test func aFetchIsOwedToNamesForWhichThereIsNoRoom() {
        var machine = Self.ready(Self.smallSettings)
        for number in 0..<10 { _ = machine.unknownKeySeen(KeyID("\(number)"), now: Self.at(40)) }
        #expect(machine.unknownKeySeen(key, now: Self.at(40)) == .wait)
        #expect(machine.next(now: Self.at(40)) == .fetch)
        machine.fetchFailed(now: Self.at(41))
        #expect(machine.unknownKeySeen(key, now: Self.at(41)) == .wait, "a failure decides about nobody")
    }

    private static var smallSettings: KeyRefreshSettings {
        var settings = KeyRefreshSettings()
        settings.unknownKeys = 10
        return settings
    }

    /// A machine that remembers as many names as it can, decided by a fetch at second 10.
    private static func full() -> KeyRefreshMachine {
        var machine = ready(smallSettings)
        for number in 0..<10 { _ = machine.unknownKeySeen(KeyID("\(number)"), now: at(10)) }
        _ = machine.next(now: at(10))
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: at(10))
        return machine
    }

    @Test func aFileIsLookedAtEverySecondAndForEveryUnknownKey() {
        var machine = Self.ready(.file)
        #expect(machine.next(now: Self.at(0)) == .sleep(until: Self.at(1)))
        for number in 0..<20 {
            #expect(machine.unknownKeySeen(KeyID("\(number)"), now: Self.at(0)) == .wait)
            #expect(machine.next(now: Self.at(0)) == .fetch)
            machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: Self.at(0))
        }
    }

    private static func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    private static func machine(_ settings: KeyRefreshSettings = KeyRefreshSettings()) -> KeyRefreshMachine {
        KeyRefreshMachine(settings: settings, now: at(0))
    }

    /// A machine that has good keys since second 0.
    private static func ready(_ settings: KeyRefreshSettings = KeyRefreshSettings()) -> KeyRefreshMachine {
        var machine = machine(settings)
        _ = machine.next(now: at(0))
        machine.fetchSucceeded(maxAge: nil, isKnown: { _ in false }, now: at(0))
        return machine
    }
}
