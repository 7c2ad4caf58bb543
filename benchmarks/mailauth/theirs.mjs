// mailauth as a contender in ../authenticate.py: the same jobs and answers as in ../ours.py.
// Its own resolver has no cache, so "warm" gives it one that keeps every answer for good.
import { readFile } from 'node:fs/promises';
import { Resolver } from 'node:dns/promises';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

// The packages are not beside this file, but in the folder that the second argument names.
const { authenticate } = createRequire(process.argv[3])('mailauth');

const dns = new Resolver();
dns.setServers([`127.0.0.1:${process.argv[2]}`]);

let questions = 0;
const ask = (name, type) => {
    questions += 1;
    return dns.resolve(name, type);
};

const kept = new Map();
const askOnce = (name, type) => {
    const question = `${type} ${name}`;
    if (!kept.has(question)) {
        kept.set(question, ask(name, type));
    }
    return kept.get(question);
};

const summary = ({ dkim, spf, arc, dmarc }) => ({
    dkim: dkim.results.filter(r => r.signingDomain).map(r => `${r.selector}=${r.status.result}`),
    spf: spf.status.result,
    arc: arc.status.result,
    dmarc: dmarc.status.result,
    policy: dmarc.policy
});

const work = async job => {
    const samples = [];
    for (const { file, ip } of job.samples) {
        samples.push({ source: await readFile(file), ip });
    }
    const wall = [];
    const results = [];
    questions = 0;
    const before = process.cpuUsage();
    for (let round = 0; round < job.rounds; round++) {
        results.length = 0;
        for (const { source, ip } of samples) {
            const started = process.hrtime.bigint();
            const found = await authenticate(source, {
                ip,
                helo: job.helo,
                sender: job.sender,
                mta: 'mx.bench.example',
                resolver: job.warm ? askOnce : ask,
                disableBimi: true, // nobody else looks for logos
                strict: true // every check by its RFC, as ours
            });
            results.push(summary(found));
            wall.push(Number(process.hrtime.bigint() - started) / 1e9);
        }
    }
    const { user, system } = process.cpuUsage(before);
    return { wall, cpu: (user + system) / 1e6, questions, results };
};

for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await work(JSON.parse(line))));
}
