/// How many letters a filter meets: counting stops where the exact number no longer helps anybody.
package struct LetterCount: Sendable, Hashable {
    package let count: Int
    /// There are more.
    package let isCapped: Bool

    package init(count: Int, isCapped: Bool) {
        self.count = count
        self.isCapped = isCapped
    }
}
