/// How one lane works.
package struct LaneConfiguration: Sendable {
    /// In logs and metrics: `commands-1`, `queries`.
    package var name: String
    /// The most commands in one transaction; 1 to 10 000.
    package var batchLimit: Int
    /// How long deliveries are held during an outage before they are handed back.
    ///
    /// Must stay below the broker's consumer timeout, which is 30 minutes unless it was changed.
    package var holdLimit: Duration

    package init(name: String, batchLimit: Int, holdLimit: Duration = .seconds(20 * 60)) {
        self.name = name
        self.batchLimit = batchLimit
        self.holdLimit = holdLimit
    }
}
