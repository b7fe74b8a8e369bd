extension String {
    /// Whether two names are the same bytes in UTF-8, as they are to whoever gave them and to the database.
    ///
    /// `==` goes by what is seen: a letter with its accent equals the letter and the accent. Nobody may see or do
    /// anything because of that.
    package func isSameName(as other: String?) -> Bool {
        guard let other else { return false }
        return utf8.elementsEqual(other.utf8)
    }
}
