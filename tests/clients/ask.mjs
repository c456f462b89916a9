// Asks an endpoint as a program of somebody else's would: node ask.mjs CLIENT ENDPOINT QUERY
// Prints each solution as an object of variable names and values, in JSON.
import { QueryEngine } from "@comunica/query-sparql";
import SparqlClient from "sparql-http-client";

const clients = {
  // Knows nothing but the address: it finds out by itself what is there, and plans the query over it.
  async comunica(endpoint, query) {
    const rows = await new QueryEngine().queryBindings(query, { sources: [endpoint] });
    return (await rows.toArray()).map((row) => [...row].map(([name, term]) => [name.value, term.value]));
  },
  async "sparql-http-client"(endpoint, query) {
    const rows = [];
    for await (const row of new SparqlClient({ endpointUrl: endpoint }).query.select(query)) {
      rows.push(Object.entries(row).map(([name, term]) => [name, term.value]));
    }
    return rows;
  },
};

const [client, endpoint, query] = process.argv.slice(2);
console.log(JSON.stringify((await clients[client](endpoint, query)).map(Object.fromEntries)));
