import { isId, type ProductId } from '../../db/id.ts';
import { type ProductKind, productKinds } from '../../db/license-schema.ts';
import { isProductName } from '../membership/licenses/catalogue.ts';
import { addProduct, renameProduct, retireProduct } from '../membership/licenses/edit-catalogue.ts';
import { listProducts, type Product } from '../membership/licenses/list-products.ts';
import { Refusal } from '../membership/refusal.ts';
import { catalogueNotices, catalogue as drawCatalogue, kindNames } from '../messages/license-changes.ts';
import { besideField } from './beside-field.ts';
import type { ActionHandlers, CommandContext, FormDefinition, Reply, Said } from './command.ts';
import type { Fields } from './form.ts';

async function showCatalogue(context: CommandContext, notice?: string): Promise<Said> {
  return { message: drawCatalogue(await listProducts(context), notice) };
}

const nameField = { kind: 'text', label: 'Name', placeholder: 'KSE', maxLength: 40 } as const;

const addFields = {
  product: nameField,
  kind: {
    kind: 'choice',
    label: 'How it is licensed',
    options: productKinds.map((value) => ({ value, label: kindNames[value] })),
    initial: 'per-seat' satisfies ProductKind,
  },
} as const satisfies Fields;

const nameProblem = ({ product }: { product: string }) =>
  isProductName(product) ? undefined : { product: besideField(new Refusal('product-name-not-usable', {})) };

/** The form that adds a product. */
export const addProductForm: FormDefinition<typeof addFields> = {
  kinds: { product: 'text', kind: 'choice' },
  check: nameProblem,
  async submit(context, answers) {
    const kind = productKinds.find((known) => known === answers.kind) ?? 'per-seat';
    const { product } = await addProduct(context, { product: answers.product, kind });
    return showCatalogue(context, catalogueNotices.added(product));
  },
};

async function openRename(context: CommandContext, productId: ProductId): Promise<Reply> {
  const { products } = await listProducts(context);
  // It may have been renamed out of what is listed since the button was drawn.
  if (!products.some(({ id }) => id === productId)) return showCatalogue(context);
  const fields = renameFields(products, productId);
  return { form: { name: 'rename-product', title: 'Rename a product', submit: 'Rename', fields } };
}

function renameFields(products: readonly Product[], initial: ProductId) {
  return {
    productId: {
      kind: 'choice',
      label: 'Product',
      options: products.map(({ id, name }) => ({ value: id, label: name })),
      initial,
    },
    product: { ...nameField, label: 'New name', hint: 'Seats and holders stay as they are.' },
  } as const satisfies Fields;
}

/** The form that renames a product. */
export const renameProductForm: FormDefinition<ReturnType<typeof renameFields>> = {
  kinds: { productId: 'choice', product: 'text' },
  check: nameProblem,
  async submit(context, { productId, product }) {
    if (!isId('prd', productId)) throw new Refusal('product-not-found', { text: '', products: [] });
    const { from, to } = await renameProduct(context, { productId, product });
    return showCatalogue(context, catalogueNotices.renamed(from, to));
  },
};

export const catalogueActions: Pick<
  ActionHandlers,
  'catalogue' | 'product.add' | 'product.rename' | 'product.retire'
> = {
  catalogue: (context) => showCatalogue(context),
  'product.add': async (context) => {
    await listProducts(context);
    return {
      form: { name: 'add-product', title: 'Add a product', submit: 'Add', fields: addFields },
    };
  },
  'product.rename': (context, { productId }) => openRename(context, productId),
  'product.retire': async (context, { productId, retired }) => {
    const { product } = await retireProduct(context, { productId, retired });
    const notice = retired ? catalogueNotices.retired(product) : catalogueNotices.restored(product);
    return { ...(await showCatalogue(context, notice)), replace: true };
  },
};
