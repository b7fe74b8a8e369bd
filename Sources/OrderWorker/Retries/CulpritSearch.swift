/// Finds out which commands of a batch the store will not do, by halving, until the culprits stand alone.
///
/// Pure: say what to try next, hear how it went. A command that is obstructed (by a lock, a time limit) is a culprit
/// only if another one of the same search was done: if none can be, nothing is wrong with any of them, and it is an
/// outage of ours.
struct CulpritSearch<Result> {
    /// How a try of some commands went.
    enum Trial {
        case done([Result])
        /// Something among them can never be done.
        case rejected(String)
        /// Something was in the way, of one of them or of all.
        case obstructed(String)
    }

    /// What became of one command.
    enum Finding {
        case done(Result)
        case rejected(String)
        case obstructed(String)
        /// Obstructed, and nobody was there, or no time left, to show whose fault that is; no search ends so by itself.
        case unproven(String)
    }

    enum Step {
        case tryNext(Range<Int>)
        /// One finding a command, in their order.
        case found([Finding])
        /// Nothing at all could be done.
        case hopeless(String)
    }

    private let count: Int
    /// One for each command once the first try has not settled all of them.
    private var findings: [Finding?] = []
    /// The first try settled all of them, as it nearly always does.
    private var done: [Finding]?
    /// To be tried, the next one last.
    private var untried: [Range<Int>]
    /// Obstructed, and not worth halving before anything else was done.
    private var doubtful: [Range<Int>] = []
    private var obstacle: String?
    private var hasWitness = false
    /// A command was obstructed alone: from here on it matters whether any other can be done.
    private var seeksWitness = false

    init(count: Int) {
        self.count = count
        untried = count > 0 ? [0..<count] : []
    }

    /// What to do next.
    var next: Step {
        if let done { return .found(done) }
        if let range = untried.last { return .tryNext(range) }
        if let obstacle, !hasWitness { return .hopeless(obstacle) }
        return .found(findings.compactMap(\.self))
    }

    /// Takes in how the try of the range went that `next` named.
    mutating func tried(_ trial: Trial) {
        guard let range = untried.popLast() else { return }
        if case .done(let results) = trial, results.count == count, range.count == count {
            done = results.map(Finding.done)
            return
        }
        if findings.isEmpty { findings = Array(repeating: nil, count: count) }
        switch trial {
        case .done(let results):
            for (index, result) in zip(range, results) { findings[index] = .done(result) }
            // The store gives one result a request; were one missing, that would be a fault that may pass.
            for index in range.dropFirst(results.count) { findings[index] = .obstructed("The store gave no result") }
            hasWitness = true
            untried += doubtful
            doubtful = []
        case .rejected(let reason):
            if range.count == 1 {
                findings[range.lowerBound] = .rejected(reason)
            } else {
                halve(range)
            }
        case .obstructed(let reason):
            obstacle = reason
            if range.count == 1 {
                findings[range.lowerBound] = .obstructed(reason)
                seeksWitness = true
            } else if seeksWitness && !hasWitness {
                doubtful.append(range)
            } else {
                halve(range)
            }
        }
    }

    /// Something was in the way, so each further try may take as long.
    var isObstructed: Bool { obstacle != nil }

    /// Ends a search that is obstructed; what was not found out is left for another time.
    mutating func giveUp() {
        guard let obstacle else { return }
        for index in (untried + doubtful).joined() { findings[index] = .unproven(obstacle) }
        (untried, doubtful) = ([], [])
    }

    private mutating func halve(_ range: Range<Int>) {
        let middle = range.lowerBound + range.count / 2
        untried.append(middle..<range.upperBound)
        untried.append(range.lowerBound..<middle)
    }
}
