namespace Compose.Engine.Dto;

/// <summary>POST /exec/{id}/start.</summary>
internal sealed record ExecStartRequest(bool Detach, bool Tty);
