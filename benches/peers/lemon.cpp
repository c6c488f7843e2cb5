// LEMON's network simplex and cost scaling on instances of flow: `lemon FOLDER NAME…`, one line of JSON a figure.
//
// Building LEMON's graph from the arcs is part of the job. Compiled by run.py where the headers are installed.
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include <lemon/cost_scaling.h>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#include <sys/resource.h>

using Graph = lemon::SmartDigraph;
using Whole = std::int64_t;

static double now() {
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

template <class Solver>
static Whole solve(const std::vector<Whole>& arcs, const std::vector<Whole>& supplies) {
    const auto nodes = static_cast<int>(supplies.size());
    const auto count = static_cast<int>(arcs.size() / 4);
    Graph graph;
    graph.reserveNode(nodes);
    graph.reserveArc(count);
    for (int node = 0; node < nodes; ++node) graph.addNode();
    Graph::ArcMap<Whole> capacity(graph), cost(graph);
    Graph::NodeMap<Whole> supply(graph);
    for (int arc = 0; arc < count; ++arc) {
        const Whole* given = &arcs[4 * static_cast<std::size_t>(arc)];
        const auto made = graph.addArc(graph.nodeFromId(given[0]), graph.nodeFromId(given[1]));
        capacity[made] = given[2];
        cost[made] = given[3];
    }
    for (int node = 0; node < nodes; ++node) supply[graph.nodeFromId(node)] = supplies[node];
    Solver solver(graph);
    solver.upperMap(capacity).costMap(cost).supplyMap(supply);
    if (solver.run() != Solver::OPTIMAL) return -1;
    return solver.template totalCost<Whole>();
}

template <class Solver>
static void measure(const char* who, const std::string& job, const std::vector<Whole>& arcs,
                    const std::vector<Whole>& supplies) {
    double least = 1e9, spent = 0;
    Whole cost = 0;
    for (int run = 0; run < 9 && (run < 3 || spent < .5); ++run) {
        const double start = now();
        cost = solve<Solver>(arcs, supplies);
        const double took = now() - start;
        spent += took;
        if (took < least) least = took;
    }
    std::printf("{\"who\":\"%s\",\"job\":\"%s\",\"cpu\":%.9f,\"memory\":null,\"check\":%lld}\n", who, job.c_str(), least,
                static_cast<long long>(cost));
    std::fflush(stdout);
}

int main(int count, char** given) {
    for (int place = 2; place < count; ++place) {
        const std::string job = given[place];
        std::ifstream file(std::string(given[1]) + "/" + job + ".flow", std::ios::binary);
        const auto read = [&file](std::vector<Whole>& into) {
            file.read(reinterpret_cast<char*>(into.data()), static_cast<std::streamsize>(8 * into.size()));
        };
        std::vector<Whole> sizes(2);
        read(sizes);
        std::vector<Whole> supplies(sizes[0]), arcs(4 * sizes[1]);
        read(arcs);
        read(supplies);
        if (!file) return 1;
        measure<lemon::NetworkSimplex<Graph, Whole, Whole>>("LEMON simplex", job, arcs, supplies);
        measure<lemon::CostScaling<Graph, Whole, Whole>>("LEMON scaling", job, arcs, supplies);
    }
}
