// Where the server is: HOINGHI_URL, or where it stands if nobody says otherwise.
export const address: string = process.env["HOINGHI_URL"] ?? "http://127.0.0.1:8000/graphql";
