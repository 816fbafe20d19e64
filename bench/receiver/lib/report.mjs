// The page of the results, docs/receiver-performance.md.

const middle = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const ms = (time) => `${time < 10 ? time.toFixed(1) : time.toFixed(0)} ms`;
const mb = (megabytes) => `${megabytes.toFixed(0)} MB`;
const names = { sqlite: "SQLite", postgres: "PostgreSQL" };
const officers = { all: "of all councils", large: "of the council with half of all", small: "of a council with one in 58" };

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...rows.map(line)].join("\n");
}

function pages({ pages: stores, rows, tries }) {
  const kinds = Object.keys(stores);
  const [first] = Object.values(stores);
  const inbox = Object.entries(officers).map(([officer, title]) => {
    const own = (kind) => stores[kind].inbox.filter((one) => one.officer === officer);
    const lines = own(kinds[0]).map((one, at) => [one.page, String(one.lines), ...kinds.flatMap((kind) => [ms(own(kind)[at].middle), ms(own(kind)[at].most)])]);
    return `### An officer ${title}\n\n${table(["page", "lines", ...kinds.flatMap((kind) => [names[kind], "at most"])], lines)}`;
  });
  const commands = first.commands.map((one, at) => [one.page, String(one.lines), ...kinds.flatMap((kind) => [ms(stores[kind].commands[at].middle), ms(stores[kind].commands[at].most)])]);
  const slow = kinds.map((kind) => `${names[kind]}: ${ms(Math.max(...stores[kind].inbox.map((one) => one.middle)))}`).join(", ");
  return `## ${rows.toLocaleString("en-GB")} complaints

Thirty councils, of which one has half of all; complaints of 2.8 kB in the middle. A page of the inbox has 50 lines. The times are those of a browser: request, answer
and all bytes of it, the middle of ${tries} and the longest. The slowest page took in the middle: ${slow}. Search looks at
5,000 complaints for a page at most, and stops at about 150 ms.

${inbox.join("\n\n")}

### The command line, as a whole process

With \`--limit 50\` where it is a page. What reads everything was run once.

${table(["\`putright submissions\`", "lines", ...kinds.flatMap((kind) => [names[kind], "at most"])], commands)}`;
}

function throughput({ throughput: stores, rounds, seconds, connections }) {
  const rows = Object.entries(stores).map(([kind, found]) => {
    const each = (which, what) => middle(found.map((one) => one[which][what]));
    const ratios = found.map(({ receiver, express }) => receiver.each / express.each);
    return [names[kind], each("receiver", "each").toFixed(0), each("express", "each").toFixed(0), `${middle(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`,
      ms(each("receiver", "middle")), ms(each("express", "middle")), ms(each("receiver", "late")), ms(each("express", "late")), mb(each("receiver", "peak")), mb(each("express", "peak"))];
  });
  return `## Beside Express

${connections} connections send complaints of 3 kB, each as soon as the one before is acknowledged: ${rounds} rounds of ${seconds} seconds, in turns. Each acknowledged complaint is a transaction,
with \`synchronous = FULL\`. Express writes into the same tables and indexes, in one process, and checks four fields; the receiver checks the whole schema, limits senders and logs
each request. Sender, servers and database share the machine.

${table(["store", "receiver, a second", "Express, a second", "times as many", "receiver, middle", "Express", "receiver, 99th of a hundred", "Express", "receiver, memory at most", "Express"], rows)}`;
}

function uploads({ uploads: stores }) {
  const rows = Object.entries(stores).map(([kind, { statuses, ...all }]) => [names[kind], ...["idle", "sent", "holding", "after"].map((name) => `${mb(all[name].resident)} (${mb(all[name].peak)})`),
    Object.entries(statuses).map(([status, count]) => `${status}: ${count}`).join(", ")]);
  return `## Memory while files are sent

With the environment of the systemd unit. Twelve senders with two files of 9.5 MB in each complaint, then 35 uploads of 9.5 MB that stay half sent: resident, and at most until then. A complaint that finds no room gets 503 and is
sent again.

${table(["store", "idle", "after sending", "while 35 are held", "3 s after", "answers"], rows)}`;
}

export function report(result) {
  const { machine, load } = result;
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`).join(", ");
  return `# Performance of the receiver

Written by \`make bench-receiver\`; do not edit. Measured on ${machine.day}, of commit ${machine.commit}: ${machine.cpu}, ${machine.cores} processors, ${machine.memory}; PostgreSQL ${machine.postgres}, Node
${machine.node}, ${versions}. The load of the machine was ${load[0].toFixed(1)} at the start and ${load.at(-1).toFixed(1)} at the end.

${[result.pages && pages(result), result.throughput && throughput(result), result.uploads && uploads(result)].filter(Boolean).join("\n\n")}
`;
}
