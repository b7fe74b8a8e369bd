/// How far a search in contents looks at letters one by one, newest first.
package struct SearchLimits: Sendable {
    /// Letters before it asks the indexes.
    package var close: Int
    /// Letters for one page, where no index helps: the page then ends early.
    package var far: Int

    package init(close: Int = 2000, far: Int = 8000) {
        self.close = close
        self.far = far
    }
}
