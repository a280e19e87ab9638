// What Relay's compiler reads. A bundler's plugin puts the artifacts in the place of these; without one, main.ts
// imports them itself.
import { graphql } from "relay-runtime";

export const meetings = graphql`
  fragment queries_meetings on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
  @refetchable(queryName: "queriesMoreMeetingsQuery") {
    meetings(first: $count, after: $cursor) @connection(key: "queries_meetings") {
      edges {
        node {
          id
          title
          participants(first: 3) { edges { node { name roles } } }
        }
      }
    }
  }
`;

export const page = graphql`
  query queriesMeetingsQuery {
    ...queries_meetings
  }
`;
