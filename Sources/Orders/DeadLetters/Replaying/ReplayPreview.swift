/// What a replay would do, had it been ordered at this moment.
package struct ReplayPreview: Sendable, Hashable {
    /// Letters that would be sent.
    package let count: Int
    /// Letters that were meant and are on hold, in another replay, replayed, or discarded.
    package let skipped: Int
    /// Letters without a caller, which could be sent on nobody's behalf: part of ``count``, and certain to fail.
    package let withoutCaller: Int
    /// In whose tenants' name how many would be sent: the largest first, at most ``tenantLimit`` of them.
    package let tenants: [TenantCount]
    package let sample: [LetterEntry]

    package static let tenantLimit = 100

    package struct TenantCount: Sendable, Hashable {
        package let tenant: String
        package let count: Int

        package init(tenant: String, count: Int) {
            self.tenant = tenant
            self.count = count
        }
    }

    package init(count: Int, skipped: Int, withoutCaller: Int, tenants: [TenantCount], sample: [LetterEntry]) {
        self.count = count
        self.skipped = skipped
        self.withoutCaller = withoutCaller
        self.tenants = tenants
        self.sample = sample
    }
}
