using Compose.Engine.Own;
using Compose.Tests.Support;

namespace Compose.Tests.Execute.Running;

/// <summary>Secrets and configs as the process in the container sees them.</summary>
public class SecretTests
{
    [EngineFact]
    public async Task Every_source_is_there_with_its_owner_and_mode()
    {
        await using var project = await EngineProject.CreateAsync("owner");
        project.Write("token.txt", "from a file\n");
        var report = await project.UpAsync("""
            services:
              reader:
                image: busybox
                user: "12:13"
                environment: { X: y }
                command:
                  - sh
                  - -ec
                  - |
                    test "$$(cat /run/secrets/plain)" = "from a file"
                    test "$$(cat /run/secrets/owned)" = "from a file"
                    test "$$(stat -c %a:%u:%g /run/secrets/owned)" = 400:12:13
                    test "$$(cat /run/secrets/sub/env)" = "the word"
                    test "$$(stat -c %a:%u:%g /run/secrets/sub/env)" = 444:0:0
                    test "$$(cat /settings)" = "a=1"
                    test "$$(stat -c %a:%u /etc/app/settings)" = 440:12
                    test "$$(cat /relative.conf)" = "a=1"
                secrets:
                  - { source: file, target: plain }
                  - { source: file, target: owned, uid: "12", gid: "13", mode: 0400 }
                  - { source: said, target: sub/env }
                configs:
                  - settings
                  - { source: settings, target: /etc/app/settings, mode: 0440, uid: "12" }
                  - { source: settings, target: relative.conf }
              after:
                image: busybox
                command: "true"
                depends_on: { reader: { condition: service_completed_successfully } }
            secrets:
              file: { file: ./token.txt }
              said: { environment: ATTRIBUTES_WORD }
            configs:
              settings: { content: "a=1" }
            """, variables: new Dictionary<string, string> { ["ATTRIBUTES_WORD"] = "the word" });

        report.AssertSucceeded();
        var id = (await project.ContainersAsync()).First(container => container.Service == "reader").Id;
        var inspect = await project.Session.Engine.Containers.InspectAsync(id, default);
        Assert.DoesNotContain(
            inspect.Config.Labels!.Values.Concat(inspect.Config.Env ?? []), value => value.Contains("the word"));
    }

    [EngineFact]
    public async Task A_read_only_container_gets_its_files_bound()
    {
        await using var project = await EngineProject.CreateAsync("rosecret");
        project.Write("token.txt", "word");
        var report = await project.UpAsync("""
            services:
              reader:
                image: busybox
                read_only: true
                command: sh -c 'test "$$(cat /run/secrets/file)" = word'
                secrets: [{ source: file, mode: 0400 }]
              after:
                image: busybox
                command: "true"
                depends_on: { reader: { condition: service_completed_successfully } }
            secrets:
              file: { file: ./token.txt }
            """);
        report.AssertSucceeded();
    }

    [EngineFact]
    public async Task A_file_to_copy_that_is_missing_is_told_at_its_place()
    {
        await using var project = await EngineProject.CreateAsync("nosecret");
        var report = await project.UpAsync(
            "services:\n  a:\n    image: busybox\n    secrets: [{ source: file, mode: 0400 }]\nsecrets:\n  file: { file: "
                + "./absent.txt }\n");

        var failure = Assert.Single(report.Failed);
        Assert.Equal("FileObjectUnreadable", failure.Error!.Id);
        Assert.Contains("compose.yaml:6:3", failure.Error.Message);
    }

    [EngineFact]
    public async Task The_api_socket_comes_with_a_configuration()
    {
        await using var project = await EngineProject.CreateAsync("apisocket");
        var report = await project.UpAsync("""
            services:
              client:
                image: busybox
                use_api_socket: true
                command: sh -c 'test -S /var/run/docker.sock && grep -q auths $$DOCKER_CONFIG/config.json'
              after:
                image: busybox
                command: "true"
                depends_on: { client: { condition: service_completed_successfully } }
            """);
        report.AssertSucceeded();
    }
}
