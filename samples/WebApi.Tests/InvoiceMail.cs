using PresignKit;

namespace WebApi.Tests;

/// <summary>An application class from docs/testing.md. It needs a link but does not access a store.</summary>
internal sealed class InvoiceMail(IPresigner presigner)
{
    public string Write(int number)
    {
        PresignedUrl link = presigner.Presign(new GetObject($"invoices/{number}.pdf") { ExpiresIn = TimeSpan.FromDays(7) });
        return FormattableString.Invariant($"Your invoice, until {link.ExpiresAt:yyyy-MM-dd}: {link.Url}");
    }
}
