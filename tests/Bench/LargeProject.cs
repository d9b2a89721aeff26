using System.Globalization;
using System.Text;

namespace Compose.Bench;

/// <summary>A temporary compose file with many services of 30 lines each, with merge keys and variables.</summary>
internal sealed class LargeProject : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("bench");

    public LargeProject(int services)
    {
        Services = services;
        var text = new StringBuilder(
            "x-common: &common\n  restart: unless-stopped\n  logging: {driver: json-file, options: {max-size: "
                + "10m}}\nservices:\n");
        for (var number = 0; number < services; number++)
            text.Append(CultureInfo.InvariantCulture, $"""
                  service{number}:
                    <<: *common
                    image: registry.example/app{number}:${"{TAG:-latest}"}
                    command: ["serve", "--port", "80"]
                    hostname: host{number}
                    environment:
                      NUMBER: {number}
                      MODE: ${"{MODE:-production}"}
                      LEVEL: info
                    ports:
                      - "127.0.0.1::80"
                    volumes:
                      - data{number}:/data
                      - ./conf:/etc/app:ro
                    labels:
                      com.example.number: "{number}"
                      com.example.team: core
                    networks:
                      back:
                        aliases: [alias{number}]
                    healthcheck:
                      test: [CMD, wget, -q, "http://127.0.0.1/"]
                      interval: 30s
                      retries: 3
                    deploy:
                      resources:
                        limits:
                          memory: 64m
                          cpus: "0.5"

                """);
        text.Append("networks:\n  back:\nvolumes:\n");
        for (var number = 0; number < services; number++)
            text.Append(CultureInfo.InvariantCulture, $"  data{number}:\n");
        Path = System.IO.Path.Combine(_directory.FullName, "compose.yaml");
        File.WriteAllText(Path, text.ToString());
    }

    public int Services { get; }
    public string Path { get; }

    public void Dispose() => _directory.Delete(true);
}
