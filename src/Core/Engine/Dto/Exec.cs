namespace Compose.Engine.Dto;

/// <summary>The body of POST /exec/{id}/start.</summary>
internal sealed record ExecStartRequest(bool Detach, bool Tty);
