using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;

namespace PresignKit.AspNetCore;

/// <summary>Issues and reads tickets, which carry an upload from one request to the next without state on the server.</summary>
/// <remarks>ASP.NET Core Data Protection encrypts and authenticates the tickets. The expiry is part of the content, because time-limited data protectors do not use <see cref="TimeProvider"/>.</remarks>
internal sealed class UploadTickets(IDataProtectionProvider provider, TimeSpan lifetime, TimeProvider clock)
{
    private const byte Version = 1;
    private const int MaxLength = 8192;

    private readonly IDataProtector _protector = provider.CreateProtector("PresignKit.AspNetCore.Uploads");

    public string Issue(UploadCall call, NewUpload upload, out DateTimeOffset expiresAt)
    {
        expiresAt = clock.GetUtcNow() + lifetime;
        using MemoryStream content = new();
        using (BinaryWriter writer = new(content, Encoding.UTF8))
        {
            writer.Write(Version);
            writer.Write(expiresAt.UtcTicks);
            writer.Write(call.Endpoints);
            writer.Write(call.UserId is not null);
            writer.Write(call.UserId ?? "");
            writer.Write(upload.Key);
            writer.Write(upload.ContentType);
            writer.Write(upload.Size is not null);
            writer.Write(upload.Size ?? upload.MaxBytes);
            writer.Write(upload.PartBytes);
        }

        return WebEncoders.Base64UrlEncode(_protector.Protect(content.ToArray()));
    }

    /// <summary>Returns the upload that a ticket of this user and these endpoints was issued for.</summary>
    /// <exception cref="UploadRejection">The ticket is not valid here.</exception>
    public NewUpload Read(UploadCall call, string ticket)
    {
        using BinaryReader reader = new(new MemoryStream(Unprotect(ticket)), Encoding.UTF8);
        if (reader.ReadByte() != Version)
        {
            throw NotValid();
        }

        long expiresAt = reader.ReadInt64();
        string endpoints = reader.ReadString();
        bool hasUser = reader.ReadBoolean();
        string user = reader.ReadString();
        if ((hasUser ? user : null) != call.UserId)
        {
            throw new UploadRejection(403, "ticketOfOtherUser", "The ticket was issued to a different user. Start the upload again.");
        }

        // Other endpoints, or those of a different tenant, can have different rules.
        if (!endpoints.Equals(call.Endpoints, StringComparison.OrdinalIgnoreCase))
        {
            throw NotValid("The ticket was issued by the endpoints at a different path.");
        }

        if (clock.GetUtcNow().UtcTicks >= expiresAt)
        {
            throw new UploadRejection(403, "ticketExpired", "The ticket has expired. Start the upload again.");
        }

        string key = reader.ReadString();
        string type = reader.ReadString();
        bool isExact = reader.ReadBoolean();
        long size = reader.ReadInt64();
        return new NewUpload(key, key[(key.LastIndexOf('/') + 1)..], type, isExact ? size : null, size, reader.ReadInt64());
    }

    private byte[] Unprotect(string ticket)
    {
        if (ticket.Length > MaxLength)
        {
            throw NotValid();
        }

        try
        {
            return _protector.Unprotect(WebEncoders.Base64UrlDecode(ticket));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            throw NotValid();
        }
    }

    private static UploadRejection NotValid(string? reason = null) => new(403, "ticketInvalid", "The ticket is not valid. Start the upload again.", reason);
}
