package dev.drawbridge.gateway.account;

import dev.drawbridge.governance.Account;
import dev.drawbridge.governance.directory.Directory;
import dev.drawbridge.governance.gate.Gates;
import dev.drawbridge.governance.gate.Question;
import dev.drawbridge.governance.rule.Chain;
import dev.drawbridge.usage.ledger.Ledger;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What the directory says, the gates, and a ledger that may not miss a call. */
@Singleton
class Laws implements Accounts.Organisation {
    private final Directory directory;
    private final Gates gates;
    private final Ledger ledger;

    @Inject
    Laws(Directory directory, Gates gates, Ledger ledger) {
        this.directory = directory;
        this.gates = gates;
        this.ledger = ledger;
    }

    @Override
    public Chain chain(Account account) {
        return directory.chain(account);
    }

    @Override
    public void check(Question question) {
        directory.check(question.account());
        ledger.check();
        gates.check(question);
    }
}
