using Compose.Plan;

namespace Compose.Tests.Plan;

/// <summary>What becomes of networks and volumes: missing, drifted, renamed, foreign, external, unused.</summary>
public class ResourceGoldenTests
{
    private const string Web = "services:\n  web:\n    image: busybox\n";
    private const string Data = "    volumes: [data:/data]\n";

    private static readonly IReadOnlyDictionary<string, Func<object>> Situations = new Dictionary<string, Func<object>>
    {
        ["network-external"] = () => new Situation(Web + "networks:\n  default: { name: shared, external: true }\n").Images("busybox").Network("default", project: null).Up(),
        ["network-renamed"] = () => new Situation(Web).Running().Under(Web + "networks:\n  default: { name: other }\n").Up(),
        ["network-drifted-with-changed-container"] = () => new Situation(Web).Images("busybox").Network("default", hash: "old").Container("web").Under(Web + "    user: '7'\n").Up(),
        ["network-drifted-stopped-container"] = () => new Situation(Web).Images("busybox").Network("default", hash: "old").Container("web", 1, web => web with { State = "exited", ExitCode = 0 }).Up(),
        ["network-drifted-other-service"] = () => new Situation(Web + "  db:\n    image: busybox\n").Images("busybox").Network("default", hash: "old").Container("web").Container("db").Up(new UpOptions { Services = ["web"] }),
        ["network-drifted-orphan-attached"] = () => new Situation(Web).Images("busybox").Network("default", hash: "old").Container("web")
            .Container("old", 1, old => old with { Networks = new Dictionary<string, string> { ["demo_default"] = "id-demo_default" } }).Up(),
        ["network-two-drifted"] = () => new Situation(Web + "    networks: [a, b]\nnetworks:\n  a: {}\n  b: {}\n").Images("busybox").Network("a", hash: "old").Network("b", hash: "old").Container("web").Up(),
        ["network-added"] = () => new Situation(Web).Running().Under(Web + "    networks: [default, back]\nnetworks:\n  back: {}\n").Up(),
        ["network-taken-away"] = () => new Situation(Web + "    networks: [default, back]\nnetworks:\n  back: {}\n").Running().Under(Web).Up(),
        ["network-of-the-host"] = () => new Situation(Web + "    network_mode: host\n").Images("busybox").Up(),
        ["network-none"] = () => new Situation(Web + "    network_mode: none\nnetworks:\n  unused: {}\n").Images("busybox").Up(),
        ["network-without-hash"] = () => new Situation(Web).Images("busybox").Network("default", hash: "").Container("web").Up(),
        ["volume-external"] = () => new Situation(Web + Data + "volumes:\n  data: { external: true, name: shared }\n").Images("busybox").Network("default").Volume("data", project: null).Up(),
        ["volume-foreign"] = () => new Situation(Web + Data + "volumes:\n  data: {}\n").Images("busybox").Network("default").Volume("data", project: null).Up(),
        ["volume-renamed"] = () => new Situation(Web + Data + "volumes:\n  data: {}\n").Running().Under(Web + Data + "volumes:\n  data: { name: other }\n").Up(),
        ["volume-unused"] = () => new Situation(Web + "volumes:\n  data: {}\n").Images("busybox").Up(),
        ["volume-drifted-two-users"] = () => TwoUsers().Up(answers: new Answers(["recreate-volume:data"])),
        ["volume-drifted-two-users-kept"] = () => TwoUsers().Up(),
        ["volume-drifted-forced"] = () => TwoUsers().Up(answers: new Answers([]) { All = true }),
        ["volume-added"] = () => new Situation(Web).Running().Under(Web + Data + "volumes:\n  data: {}\n").Up(),
    };

    public static TheoryData<string> Names => GoldenPlan.Names(Situations);

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_planned(string name) => GoldenPlan.Verify(name, Situations[name]());

    private static Situation TwoUsers() => new Situation(Web + Data + "  job:\n    image: busybox\n" + Data + "volumes:\n  data: {}\n")
        .Images("busybox").Network("default").Volume("data", hash: "old").Container("web").Container("job", 1, job => job with { State = "exited", ExitCode = 0 });
}
