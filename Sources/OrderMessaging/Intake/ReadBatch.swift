internal import AMQP
internal import Orders

/// Deliveries that are read as far as the keys at hand allow.
struct ReadBatch {
    private(set) var commands: [IncomingCommand] = []
    /// The places of the commands whose tokens need a key.
    private var places: [UnknownKey: [Int]] = [:]
    private let deliveries: [Delivery]
    private let reader: CommandReader
    private let isAlone: Bool

    /// Reads the deliveries.
    ///
    /// - Parameter isAlone: as the reader's.
    init(_ deliveries: [Delivery], by reader: CommandReader, isAlone: Bool = false) {
        self.deliveries = deliveries
        self.reader = reader
        self.isAlone = isAlone
        commands.reserveCapacity(deliveries.count)
        for (place, delivery) in deliveries.enumerated() {
            let (command, unknownKey) = reader.read(delivery, isAlone: isAlone)
            commands.append(command)
            if let unknownKey { places[unknownKey, default: []].append(place) }
        }
    }

    /// What the commands need that are undecided, each once.
    var unknownKeys: [UnknownKey] { Array(places.keys) }

    /// Decides about the commands whose keys were found out about; the others stay undecided.
    mutating func take(_ resolutions: [UnknownKey: KeyResolution]) {
        for (key, resolution) in resolutions {
            for place in places[key] ?? [] {
                switch resolution {
                case .judgeAgain: commands[place] = reader.read(deliveries[place], isAlone: isAlone).command
                case .refuse(let refusal): commands[place] = commands[place].reading(.refused(refusal, nil))
                case .unavailable: break
                }
            }
        }
    }
}
