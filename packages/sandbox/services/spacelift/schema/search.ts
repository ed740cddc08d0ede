// GraphQL schema: the inputs and pages of searches.

export const SEARCH_SDL = `
input SearchInput { first: Int after: String fullTextSearch: String predicates: [SearchQueryPredicate!] orderBy: SearchQueryOrder }
input SearchQueryPredicate { field: String! constraint: SearchQueryFieldConstraint! exclude: Boolean }
input SearchQueryFieldConstraint { booleanEquals: [Boolean!] enumEquals: [String!] stringMatches: [String!] }
input SearchQueryOrder { field: String! direction: OrderDirection! }
enum OrderDirection { ASC DESC }
input SearchSuggestionsInput { fullTextSearch: String predicates: [SearchQueryPredicate!] }
type SearchSuggestions { filteredCount: Int! fields: [SearchField!]! }
type SearchField { name: String! orderable: Boolean! filterable: Boolean! type: String! }
type PageInfo { startCursor: String endCursor: String hasNextPage: Boolean! hasPreviousPage: Boolean! }
`;
